import type { IExecuteFunctions } from 'n8n-workflow';

import { contradiction, type IdsByField } from '../../../../approval/kindsOfIds';
import { readRecipients } from '../../../../approval/recipients';
import { isUserIdType, userIdComplaint, type UserIdType } from '../../../../approval/userIds';
import { badInput } from '../../../../feishu/errors/nodeError';
import { cleanText, requiredText } from './parameters';

/**
 * The people that CC User IDs names.
 *
 * @throws NodeOperationError if it names nobody, or somebody by what cannot be an ID
 */
export function recipients(context: IExecuteFunctions, itemIndex: number): string[] {
	const read = readRecipients(context.getNodeParameter('ccUserIds', itemIndex, ''));
	if ('ids' in read) return read.ids;
	const message = `CC User IDs cannot be used: ${read.message}`;
	throw badInput(context.getNode(), itemIndex, message, read.hint);
}

function onePerson(context: IExecuteFunctions, id: string, itemIndex: number): string {
	const complaint = userIdComplaint(id);
	if (complaint === undefined) return id;
	throw badInput(
		context.getNode(),
		itemIndex,
		`User ID cannot be right: ${complaint}`,
		'Enter the ID of one person as Feishu shows it. If it is an expression, check what it gives.',
	);
}

/**
 * The person in the field User ID.
 *
 * @throws NodeOperationError if it is empty or cannot be the ID of one person
 */
export function requiredUserId(context: IExecuteFunctions, itemIndex: number): string {
	const hint =
		' Get Instance gives no union IDs, and user IDs only if the app has the scope contact:user.employee_id:readonly.';
	return onePerson(context, requiredText(context, 'userId', 'User ID', itemIndex, hint), itemIndex);
}

/**
 * The person in the option User ID; empty if it is left out.
 *
 * @throws NodeOperationError if it cannot be the ID of one person
 */
export function optionalUserId(
	context: IExecuteFunctions,
	value: unknown,
	itemIndex: number,
): string {
	return onePerson(context, cleanText(context, value, 'User ID', itemIndex), itemIndex);
}

/**
 * The kind of user ID, open IDs unless chosen otherwise.
 *
 * @throws NodeOperationError if it is none of the three that Feishu knows
 */
export function userIdType(
	context: IExecuteFunctions,
	value: unknown,
	itemIndex: number,
): UserIdType {
	if (isUserIdType(value)) return value;
	throw badInput(
		context.getNode(),
		itemIndex,
		'User ID Type is not one that Feishu knows',
		'Set User ID Type to `open_id`, `union_id` or `user_id`.',
	);
}

/**
 * Makes sure that the IDs of a call can be of the kind that it announces.
 *
 * @throws NodeOperationError that names the field of the first ID that cannot
 */
export function ensureKind(
	context: IExecuteFunctions,
	type: UserIdType,
	ids: IdsByField,
	itemIndex: number,
): void {
	const found = contradiction(type, ids);
	if (found !== undefined) throw badInput(context.getNode(), itemIndex, found.message, found.hint);
}
