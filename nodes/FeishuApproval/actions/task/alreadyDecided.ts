import { Problem } from '../../../../approval/problem';
import type { UserIdType } from '../../../../approval/userIds';
import { choiceField } from '../fields/choices';
import { optional } from '../fields/field';

/** What happens where the person has decided in the same sense before. */
export const alreadyDecided = optional(
	choiceField(
		[
			{ name: 'Fail', value: 'fail' },
			{ name: 'Continue', value: 'continue' },
		],
		{
			displayName: 'Already Decided',
			default: 'fail',
			description: 'What to do if this person has decided the task in the same sense before',
		},
	),
);

/** What is wrong with Continue where nobody can find out what the person has decided. */
export function checkAlready(
	{ userIdType }: { userIdType: UserIdType },
	{ alreadyDecided: chosen }: { alreadyDecided?: string },
): Problem | undefined {
	if (chosen !== 'continue' || userIdType !== 'union_id') return undefined;
	return new Problem(
		'Already Decided is Continue, which does not work with union IDs',
		'No instance carries union IDs, so it cannot be found out what this person has decided. Use open IDs or user IDs, or set Already Decided to Fail.',
	);
}
