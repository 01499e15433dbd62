import { fieldViolation, Refusal } from './answers';
import { noPermission } from './getInstance';
import type { Instance, JournalEntry } from './model';
import type { Platform } from './platform';

/** The JSON object of a request; 9499 for anything else. */
export function readJson({ body, headers }: JournalEntry): Record<string, unknown> {
	const isJson = /^application\/json\b/i.test(headers['content-type'] ?? '');
	if (!isJson || typeof body !== 'object' || body === null) throw new Refusal(9499, 'Bad Request');
	return body as Record<string, unknown>;
}

/** Texts that have to be there and must not be empty; 99992402 names the first that is not. */
export function readTexts<Name extends string>(
	fields: Record<string, unknown>,
	...names: Name[]
): Record<Name, string> {
	for (const name of names) {
		const value = fields[name];
		if (value === undefined || value === '')
			throw fieldViolation(name, value, `${name} is required`);
		if (typeof value !== 'string') throw fieldViolation(name, value, `${name} is not a string`);
	}
	return fields as Record<Name, string>;
}

/** A text that may be left out. */
export function readText(fields: Record<string, unknown>, name: string): string | undefined {
	const value = fields[name];
	if (value !== undefined && typeof value !== 'string') {
		throw fieldViolation(name, value, `${name} is not a string`);
	}
	return value;
}

/** A list of texts that has to be there. */
export function readList(fields: Record<string, unknown>, name: string): string[] {
	const value = fields[name];
	if (value === undefined) throw fieldViolation(name, value, `${name} is required`);
	if (!Array.isArray(value) || value.some((entry) => typeof entry !== 'string')) {
		throw fieldViolation(name, value, `${name} is not a list of strings`);
	}
	if (value.length === 0) throw new Refusal(1390001, `param is invalid: ${name}`);
	return value as string[];
}

/** The instance that a body names by both codes; 1390002, 1390003 or 1390009 if it may not be. */
export function findNamedInstance(
	{ instances, approvals }: Platform,
	{
		approval_code: approval,
		instance_code: code,
	}: Record<'approval_code' | 'instance_code', string>,
): Instance {
	if (!approvals.has(approval)) throw new Refusal(1390002, 'approval code not found');
	const instance = instances.get(code);
	if (!instance || instance.approval_code !== approval) {
		throw new Refusal(1390003, 'instance code not found');
	}
	if (instance.forbidden) throw noPermission();
	if (instance.handwritten) throw new Refusal(1390018, 'not support handwritten signature');
	return instance;
}
