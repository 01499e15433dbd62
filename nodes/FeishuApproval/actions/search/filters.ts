import { Problem } from '../../../../approval/problem';
import { enteredApprovalCode, instanceCode } from '../fields/codes';
import { optional, reworded, type Field } from '../fields/field';
import { person, userIdType } from '../fields/people';
import { checkPeriod, type PeriodFields } from '../fields/periods';
import { limit, returnAll } from '../fields/lists';
import { locale, simplify, switchField } from '../fields/simple';
import { parseRequiredText } from '../fields/text';

function textFilter(displayName: string, description: string): Field<string> {
	return {
		property: { displayName, type: 'string', default: '', description },
		parse: parseRequiredText,
	};
}

const FILTERS = {
	approvalCode: reworded(enteredApprovalCode, { required: false }),
	groupExternalId: textFilter(
		'Group External ID',
		'Group of third-party approvals, by its own ID; beside Approval Code, what fits either is found',
	),
	instanceCode: reworded(instanceCode, {
		default: '',
		required: false,
		description: 'Code of one approval instance',
	}),
	instanceExternalId: textFilter(
		'Instance External ID',
		'Third-party approval, by its own ID; beside Instance Code, what fits either is found',
	),
	title: textFilter('Title', 'Part of the title; only third-party approvals have one'),
};

/**
 * What every search can be narrowed down by (API sheet 4.3, 4.4).
 *
 * @param who describes the person that it is about
 */
export const searchFilters = (who: string, { start, end }: PeriodFields) => ({
	...FILTERS,
	userId: reworded(person, { default: '', required: false, description: who }),
	startTime: start,
	endTime: end,
});

/** What every search asks for besides its filters. */
export const SEARCH_FIELDS = {
	userIdType: reworded(userIdType, { description: 'Kind of the IDs to search by and to return' }),
	returnAll,
	limit,
	simplify,
};

/** What every search can be told besides. */
export const SEARCH_OPTIONS = {
	locale: optional(locale),
	withRevoked: optional(
		switchField({
			displayName: 'With Revoked',
			description:
				'Whether to return approvals, too, that were revoked after they had been approved',
		}),
	),
};

/** What a search asks for, by the names of its fields. */
export interface Filters {
	approvalCode?: string;
	groupExternalId?: string;
	instanceCode?: string;
	instanceExternalId?: string;
	userId?: string;
	title?: string;
	startTime?: number;
	endTime?: number;
}

const ONE_OF = [
	'approvalCode',
	'groupExternalId',
	'instanceCode',
	'instanceExternalId',
	'userId',
] as const;

/** Why a search cannot be made: without any filter that Feishu needs, or in an impossible time. */
export function checkFilters(filters: Filters, period: PeriodFields): Problem | undefined {
	if (ONE_OF.every((name) => filters[name] === undefined)) {
		return new Problem(
			'Filters are not enough: Feishu does not search everything',
			'Add at least one of Approval Code, Group External ID, Instance Code, Instance External ID and User ID under Filters.',
		);
	}
	const { startTime, endTime } = filters;
	if (startTime !== undefined) return checkPeriod(period, startTime, endTime);
	if (endTime === undefined) return undefined;
	const { displayName } = period.start.property;
	return new Problem(
		`${displayName} is missing`,
		`Feishu takes both ends of a period or none. Add ${displayName} under Filters.`,
	);
}
