import { Problem } from '../../../../../approval/problem';
import { optional, reworded } from '../../fields/field';
import { periodFields } from '../../fields/periods';
import {
	concurrency,
	locale,
	nestedMutableGroup,
	simplify,
	switchField,
} from '../../fields/simple';
import { instanceStatuses } from '../../fields/statuses';
import { timeField } from '../../fields/times';

const WITH_DETAILS = { show: { includeDetails: [true] } };

/** When the approvals were created. */
export const CREATED = periodFields(
	'Created',
	'Only approvals that were created then or later, whenever they were decided. A time without an offset is meant in the time zone of the workflow.',
	'Only approvals that were created until then. Empty: now.',
);

/** Whether each instance is read, or its code is enough. */
export const includeDetails = reworded(simplify, {
	displayName: 'Include Details',
	description:
		'Whether to read each approval as Get does, which costs one call for each. Without, only the codes are returned.',
});

/** Shown where instances are read. */
export const simplifyDetails = reworded(simplify, { displayOptions: WITH_DETAILS });

/** How instances are read, and which of them are wanted. */
export const OPTIONS = {
	concurrency,
	endedAfter: timeField({
		displayName: 'Ended After',
		description:
			'Only approvals that were decided, withdrawn or deleted then or later. Created After has to lie far enough before.',
	}),
	endedBefore: timeField({
		displayName: 'Ended Before',
		description: 'Only approvals that were decided, withdrawn or deleted before then',
	}),
	locale: optional(locale),
	nestedMutableGroup: optional(nestedMutableGroup),
	oldestFirst: switchField({
		displayName: 'Oldest First',
		description: 'Whether to begin with the approvals that were created first',
	}),
	status: instanceStatuses,
};

const NEED_DETAILS = ['endedAfter', 'endedBefore', 'status'] as const;

/** Which option cannot work without reading the instances, or with another one. */
export function checkOptions(input: {
	includeDetails: boolean;
	options: { endedAfter?: number; endedBefore?: number; status?: string[] };
}): Problem | undefined {
	const { endedAfter = -Infinity, endedBefore = Infinity } = input.options;
	if (endedBefore <= endedAfter) {
		return new Problem(
			'Ended Before does not lie after Ended After',
			'Enter the earlier time in Ended After and the later one in Ended Before.',
		);
	}
	const name = NEED_DETAILS.find((option) => input.options[option] !== undefined);
	if (input.includeDetails || name === undefined) return undefined;
	return new Problem(
		`${OPTIONS[name].property.displayName} cannot be used without Include Details`,
		'The list of codes tells neither status nor end. Switch Include Details on, or remove the option.',
	);
}
