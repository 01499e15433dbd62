import type { IExecuteFunctions } from 'n8n-workflow';

import { codeComplaint } from '../../../../approval/code';
import { kindOfValue, leftOver, stripInvisible } from '../../../../approval/notText';
import { badInput } from '../../../../feishu/errors/nodeError';

/** Text, or a number as text; an expression that went wrong gives numbers that are none. */
function textOf(value: unknown): string | undefined {
	return typeof value === 'string' || Number.isFinite(value) ? String(value) : undefined;
}

function notText(context: IExecuteFunctions, value: unknown, name: string, itemIndex: number) {
	const found = typeof value === 'number' ? `"${value}"` : kindOfValue(value);
	return badInput(
		context.getNode(),
		itemIndex,
		`${name} is ${found}, not text`,
		`Enter text for ${name}. If it is an expression, check what it gives.`,
	);
}

/**
 * A text that is a code or an ID, trimmed, without marks that nobody sees; empty if it is left out.
 *
 * @throws NodeOperationError that names the field if it is not text, or what an expression left
 */
export function cleanText(
	context: IExecuteFunctions,
	value: unknown,
	displayName: string,
	itemIndex: number,
): string {
	const text = textOf(value ?? '');
	if (text === undefined) throw notText(context, value, displayName, itemIndex);
	const clean = stripInvisible(text).trim();
	const left = leftOver(clean);
	if (left === undefined) return clean;
	throw badInput(context.getNode(), itemIndex, `${displayName} is ${left.message}`, left.hint);
}

/**
 * A code or an ID that has to be there, read as by `cleanText`. `hint` is added to the hint if it is empty.
 *
 * @throws NodeOperationError that names the field if it is empty or not text
 */
export function requiredText(
	context: IExecuteFunctions,
	name: string,
	displayName: string,
	itemIndex: number,
	hint = '',
): string {
	const value: unknown = context.getNodeParameter(name, itemIndex, '');
	const text = cleanText(context, value, displayName, itemIndex);
	if (text !== '') return text;
	throw badInput(
		context.getNode(),
		itemIndex,
		`${displayName} is empty`,
		`Enter a value for ${displayName}. If it is an expression, check that the incoming item has that field and that it is not empty.${hint}`,
	);
}

/**
 * A text for people, as it is; empty if it is left out.
 *
 * @throws NodeOperationError that names the field if it is not text, or what an expression left
 */
export function optionalText(
	context: IExecuteFunctions,
	value: unknown,
	displayName: string,
	itemIndex: number,
): string {
	cleanText(context, value, displayName, itemIndex);
	return textOf(value ?? '') ?? '';
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
 * A switch among the options, off if it was not added. One that was added and whose expression gives
 * nothing is not off: somebody may be notified because of it.
 *
 * @throws NodeOperationError that names the field if it is neither on nor off
 */
export function optionalFlag(
	context: IExecuteFunctions,
	options: object,
	name: string,
	displayName: string,
	itemIndex: number,
): boolean {
	if (!Object.hasOwn(options, name)) return false;
	return flag(context, (options as Record<string, unknown>)[name], displayName, itemIndex);
}

function code(
	context: IExecuteFunctions,
	name: string,
	displayName: string,
	example: string,
	itemIndex: number,
	inALink = '',
): string {
	const text = requiredText(context, name, displayName, itemIndex);
	const complaint = codeComplaint(text);
	if (complaint === undefined) return text;
	throw badInput(
		context.getNode(),
		itemIndex,
		`${displayName} cannot be right: ${complaint}`,
		`Enter one code and nothing else, for example ${example}.${inALink}`,
	);
}

/**
 * The code of an instance, or the uuid given at its creation.
 *
 * @throws NodeOperationError if it is empty or cannot be one
 */
export function instanceCode(context: IExecuteFunctions, itemIndex: number): string {
	const example = '81D31358-93AF-92D6-7425-01A5D67C4E71';
	return code(context, 'instanceCode', 'Instance Code', example, itemIndex);
}

/**
 * The code of an approval definition.
 *
 * @throws NodeOperationError if it is empty or cannot be one
 */
export function approvalCode(context: IExecuteFunctions, itemIndex: number): string {
	const example = '7C468A54-8745-2245-9675-08B7C63E7A85';
	const inALink = ' In the address of a definition it stands behind definitionCode=.';
	return code(context, 'approvalCode', 'Approval Code', example, itemIndex, inALink);
}
