import type { IExecuteFunctions } from 'n8n-workflow';

import { instanceCodeComplaint } from '../../approval/instanceCode';
import { isUserIdType, type UserIdType } from '../../approval/userIds';
import { badInput } from '../../transport/errors';

/**
 * A required text, trimmed.
 *
 * @throws NodeOperationError that names the field if it is empty or not text
 */
export function requiredText(
	context: IExecuteFunctions,
	name: string,
	displayName: string,
	itemIndex: number,
): string {
	const value: unknown = context.getNodeParameter(name, itemIndex, '');
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	if (text !== '') return text;

	const found = value === undefined || value === null || value === '' ? 'empty' : 'not text';
	throw badInput(
		context.getNode(),
		itemIndex,
		`${displayName} is ${typeof value === 'string' ? 'empty' : found}`,
		`Enter a value for ${displayName}. If it is an expression, check that the incoming item has that field.`,
	);
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
 * The code of an instance, or the uuid given at its creation.
 *
 * @throws NodeOperationError if it is empty or cannot be one
 */
export function instanceCode(context: IExecuteFunctions, itemIndex: number): string {
	const code = requiredText(context, 'instanceCode', 'Instance Code', itemIndex);
	const complaint = instanceCodeComplaint(code);
	if (complaint === undefined) return code;
	throw badInput(
		context.getNode(),
		itemIndex,
		`Instance Code cannot be right: ${complaint}`,
		'Enter the code of the instance, for example 81D31358-93AF-92D6-7425-01A5D67C4E71.',
	);
}
