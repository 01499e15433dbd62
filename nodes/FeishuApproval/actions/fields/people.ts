import { addressAmongIds } from '../../../../approval/addresses';
import { Problem } from '../../../../approval/problem';
import { readRecipients } from '../../../../approval/recipients';
import { isUserIdType, userIdComplaint, type UserIdType } from '../../../../approval/userIds';
import type { Field } from './field';
import { parseRequiredText } from './text';

/** Which kind of user ID a call carries (API sheet 7.1). */
export const userIdType: Field<UserIdType> = {
	property: {
		displayName: 'User ID Type',
		type: 'options',
		options: [
			{
				name: 'Open ID',
				value: 'open_id',
				description: 'Begins with "ou_"; one per person and app',
			},
			{
				name: 'Union ID',
				value: 'union_id',
				description: 'Begins with "on_"; one per person for all apps of a developer',
			},
			{
				name: 'User ID',
				value: 'user_id',
				description:
					'The ID in your company; the app needs the scope contact:user.employee_id:readonly',
			},
		],
		default: 'open_id',
		description: 'Kind of the IDs in this node',
	},
	parse: (value) =>
		isUserIdType(value)
			? value
			: new Problem(
					'is not one that Feishu knows',
					'Set User ID Type to `open_id`, `union_id` or `user_id`.',
				),
};

/** Several people. */
export const people: Field<string[]> = {
	property: {
		displayName: 'Users',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. ou_3cda9c96, ann@example.com',
	},
	parse: (value) => readRecipients(value),
	holds: 'people',
};

/** One person; after a Get Instance node, who submitted the approval. */
export const person: Field<string> = {
	property: {
		displayName: 'User ID',
		type: 'string',
		required: true,
		default: '={{ $json.open_id }}',
		placeholder: 'e.g. ou_3cda9c96 or ann@example.com',
	},
	parse(value, displayName) {
		const text = parseRequiredText(
			value,
			displayName,
			' Get Instance gives no union IDs, and user IDs only if the app has the scope contact:user.employee_id:readonly.',
		);
		if (text instanceof Problem) return text;
		const address = addressAmongIds(text);
		if (address !== undefined) return address.kind === 'mobile' ? address.value : text;
		const complaint = userIdComplaint(text);
		if (complaint === undefined) return text;
		return new Problem(
			`cannot be right: ${complaint}`,
			'Enter the ID, email address or mobile number of one person. If it is an expression, check what it gives.',
		);
	},
	holds: 'people',
};
