import type { IDataObject } from 'n8n-workflow';

import { isObject, parseJson } from '../../../approval/json';

/** No event is nested so deeply; what is would stop those who walk through it. */
const DEEPEST = 64;

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function isDeeperThan(levels: number, value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}

/** Whether `value` is nested more deeply than any event. */
export function isTooDeep(value: unknown): boolean {
	return isDeeperThan(DEEPEST, value);
}

/** `bytes` as text, unless they are not UTF-8. */
export function textOf(bytes: Uint8Array): string | undefined {
	try {
		return UTF8.decode(bytes);
	} catch {
		return undefined;
	}
}

/**
 * What `text` says as JSON; nothing if it is none, or is nested too deeply. Numbers with more digits
 * than a double holds stay text, so that no ID changes.
 */
export function parseShallow(text: string): unknown {
	try {
		const value = parseJson(text);
		return isTooDeep(value) ? undefined : value;
	} catch {
		return undefined;
	}
}

/** The object that the body of a push says; nothing if it says none. */
export function parseBody(text: string): IDataObject | undefined {
	const body = parseShallow(text);
	return isObject(body) ? body : undefined;
}
