import { Problem } from '../../../../../approval/problem';
import { defineOperation } from '../../defineOperation';
import { approvalCode, instanceCode } from '../../fields/codes';
import { reworded } from '../../fields/field';
import { people, person, userIdType } from '../../fields/people';
import { messageField, switchField } from '../../fields/simple';
import type { Row } from './copy';
import { copyRows } from './copyRows';

const NOT_FOUND =
	'CC Instance takes the instance code, not the UUID of its creation, and the approval code of that same approval.';

/** CC Instance: copies one approval to people (API sheet 4.2). */
export const cc = defineOperation({
	resource: 'instance',
	operation: 'cc',
	title: 'CC Instance',
	option: {
		name: 'CC',
		action: 'CC Approval instance',
		description: 'Copy an approval instance to people and notify them',
	},
	fields: {
		ccUserIds: reworded(people, {
			displayName: 'CC User IDs',
			description:
				'The people to copy the approval to: IDs, email addresses or mobile numbers that begin with "+", separated by commas, spaces or lines, or a list from an expression. They are notified.',
		}),
		userIdType: reworded(userIdType, { description: 'Kind of the IDs in CC User IDs and User ID' }),
		approvalCode,
		instanceCode: reworded(instanceCode, {}, { notFound: NOT_FOUND }),
		userId: reworded(person, {
			description:
				'The person on whose behalf the copy is made: an ID, email address or mobile number. After a Get Instance node the default is who started the approval.',
		}),
	},
	options: {
		combine: switchField({
			displayName: 'Combine',
			description:
				'Whether to make one call of all items for the same instance, User ID, User ID Type and Comment, with all their recipients',
		}),
		comment: messageField({
			displayName: 'Comment',
			description: 'Message to the people who are copied',
		}),
		skipAlreadyCopied: switchField({
			displayName: 'Skip Already Copied',
			description:
				"Whether to leave out people who were copied before, according to the instance's timeline. Costs one more call for each item.",
		}),
	},
	check: ({ userIdType: kind, options }) =>
		options.skipAlreadyCopied && kind === 'union_id'
			? new Problem(
					'Skip Already Copied does not work with union IDs',
					"An instance's timeline does not carry union IDs, so nothing was sent. Use open IDs or user IDs, or switch Skip Already Copied off.",
				)
			: undefined,
	group: {
		key: (input) =>
			input.options.combine ? JSON.stringify({ ...input, ccUserIds: undefined }) : undefined,
		execute: async (feishu, inputs) =>
			await copyRows(
				feishu,
				inputs.map(({ options, ...input }): Row => ({
					...input,
					isCombined: options.combine ?? false,
					comment: options.comment ?? '',
					skipAlreadyCopied: options.skipAlreadyCopied ?? false,
				})),
			),
	},
});
