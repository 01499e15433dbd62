import type { IExecuteFunctions } from 'n8n-workflow';

import { instanceCodeComplaint } from '../../approval/instanceCode';
import { LEFT_OVER } from '../../approval/leftOver';
import { isUserIdType, type UserIdType } from '../../approval/userIds';
import { badInput } from '../../transport/errors';

/** Text, or a number as text; an expression that went wrong gives numbers that are none. */
function textOf(value: unknown): string | undefined {
	return typeof value === 'string' || Number.isFinite(value) ? String(value) : undefined;
}

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
	const text = textOf(value)?.trim();
	if (text !== undefined && text !== '' && !LEFT_OVER.has(text)) return text;

	const nothing = text === '' || value === undefined || value === null;
	const found = text === undefined ? 'not text' : `"${text}"`;
	throw badInput(
		context.getNode(),
		itemIndex,
		`${displayName} is ${nothing ? 'empty' : found}`,
		`Enter a value for ${displayName}. If it is an expression, check that the incoming item has that field.`,
	);
}

/**
 * A text that may be left out; empty if it is.
 *
 * @throws NodeOperationError that names the field if it is not text
 */
export function optionalText(
	context: IExecuteFunctions,
	value: unknown,
	displayName: string,
	itemIndex: number,
): string {
	if (value === undefined || value === null) return '';
	const text = textOf(value);
	if (text !== undefined) return text;
	throw badInput(
		context.getNode(),
		itemIndex,
		`${displayName} is not text`,
		`Enter text for ${displayName}, or leave it empty. If it is an expression, check what it gives.`,
	);
}

/**
 * Yes or no; expressions may also give it as the text "true" or "false".
 *
 * @throws NodeOperationError that names the field if it is neither
 */
export function flag(
	context: IExecuteFunctions,
	value: unknown,
	displayName: string,
	itemIndex: number,
): boolean {
	const word = typeof value === 'string' ? value.trim().toLowerCase() : value;
	if (word === true || word === 'true') return true;
	if (word === false || word === 'false') return false;
	throw badInput(
		context.getNode(),
		itemIndex,
		`${displayName} is neither true nor false`,
		`Switch ${displayName} on or off, or enter an expression that gives true or false.`,
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
