/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error -- tests, not nodes */
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

/** Generated inputs are the same every time; FC_SEED=… tries others, and repeats what did not pass. */
export const GENERATED = { seed: Number(process.env.FC_SEED ?? 20261125), numRuns: 10_000 };

/** What all objects share, as it was before anything hostile was read. */
const SHARED = [Object.prototype, Array.prototype, String.prototype, Function.prototype];
const shared = () => SHARED.map((prototype) => Reflect.ownKeys(prototype).map(String).join());
const UNTOUCHED = shared();

/** Nothing that was read has changed what all objects share. */
export function expectNothingPolluted(): void {
	expect(shared()).toEqual(UNTOUCHED);
}

/** Where `value` is something that JSON cannot say, if it is. */
function notJson(value: unknown, path = '$'): string | undefined {
	if (value === null || typeof value === 'string' || typeof value === 'boolean') return undefined;
	if (typeof value === 'number') return Number.isFinite(value) ? undefined : path;
	if (typeof value !== 'object') return path;
	const isList = Array.isArray(value);
	if (Object.getPrototypeOf(value) !== (isList ? Array.prototype : Object.prototype)) return path;
	return Reflect.ownKeys(value)
		.filter((key) => !isList || key !== 'length')
		.map((key) => notJson((value as Record<PropertyKey, unknown>)[key], `${path}.${String(key)}`))
		.find((found) => found !== undefined);
}

/** `value` is JSON: writing it down and reading it again loses nothing and adds nothing. */
export function expectJson(value: unknown): void {
	expect(notJson(value)).toBeUndefined();
	const text = JSON.stringify(value);
	expect(JSON.stringify(JSON.parse(text))).toBe(text);
}

const RUN = 500;

/** Hands all generated items to `run`, as many at a time as a big workflow has. */
export async function inRuns<Item>(
	item: fc.Arbitrary<Item>,
	run: (items: Item[]) => Promise<void>,
): Promise<void> {
	const items = fc.sample(item, GENERATED);
	for (let from = 0; from < items.length; from += RUN) await run(items.slice(from, from + RUN));
	expectNothingPolluted();
}

/** Judges item by item; what does not pass is shown with its item and the seed. */
export function judgeEach<Item>(items: Item[], judge: (item: Item, index: number) => void): void {
	for (const [index, item] of items.entries()) {
		try {
			judge(item, index);
		} catch (error) {
			const { message } = error as Error;
			throw new Error(`FC_SEED=${GENERATED.seed}, item ${fc.stringify(item)}: ${message}`);
		}
	}
}

const FIELD =
	/^(Instance Code|Approval Code|User ID|Comment|Simplify|Nested Mutable Group|Combine|Skip Already Copied|CC User IDs|Locale|User ID Type|Concurrency) (is|cannot|does not) /;

/** The item carries an explanation in place of a result: of the field that cannot work, or Feishu's. */
export function expectExplained(json: IDataObject, by: 'field' | 'Feishu'): void {
	expect(Object.keys(json)).toEqual([
		'error',
		'code',
		'http_status',
		'log_id',
		'description',
		'feishu_error',
	]);
	if (by === 'field')
		expect(json).toMatchObject({ error: expect.stringMatching(FIELD), code: null });
	else expect(json).toMatchObject({ code: expect.any(Number), http_status: expect.any(Number) });
	expect(json.description).toMatch(/\w/);
}

/** What a text for people may hold: no more of an expression than what it gave. */
export function commentIn(value: unknown): string | undefined {
	return cleanIn(value) === undefined ? undefined : textIn(value);
}

/** What a text field may hold. */
export function textIn(value: unknown): string | undefined {
	const isText = typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
	return isText ? String(value) : undefined;
}

/** What a field for an ID or a code may hold: nothing unseen, and nothing that an expression left. */
function cleanIn(value: unknown): string | undefined {
	const text = textIn(value)
		?.replace(/\p{Cf}/gu, '')
		.trim();
	return text === undefined || /^(undefined|null|NaN)$|\[object |\{\{/.test(text)
		? undefined
		: text;
}

/** Characters that are whole and seen, and not too many. */
const isWhole = (text: string) => text.length <= 256 && !/[\p{Cc}\p{Cs}]/u.test(text);

/** What stands in no ID, and two beginnings of IDs in one. */
const NO_ID = /[\s,，、;；。|/\\[\](){}（）"'“”‘’「」<>$]|o[un]_.*o[un]_/;

/** What a field for the ID of one person may hold; empty where there is none. */
export function idIn(value: unknown): string | undefined {
	const id = cleanIn(value);
	const isOne = id !== undefined && isWhole(id) && !NO_ID.test(id);
	return isOne ? id : undefined;
}

/** Nobody has one of these addresses. */
const EMAIL = /^[\p{L}\p{N}.!#%&'*+=?^_{}~-]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u;

/** Whether the beginnings of IDs agree with their kind. */
export const fits = (type: unknown, ids: string[]) =>
	ids.every((id) => {
		// Companies choose their user IDs: only the full form of another kind is certain.
		if (type === 'user_id') return !/^(o[unc]_|od-)[\da-f]{32}$|^cli_[\da-f]{16}$/.test(id);
		if (/^(oc_|od-|cli_)/.test(id)) return false;
		const other = type === 'open_id' ? 'on_' : 'ou_';
		return !id.startsWith(other) && !EMAIL.test(id);
	});

const UUIDS = /\w{8}-\w{4}-\w{4}-\w{4}-\w{12}.*\w{8}-\w{4}-\w{4}-\w{4}-\w{12}/s;

/** What a field for a code may hold: what comes through a URL as it went in, once and bare. */
export function codeIn(value: unknown): string | undefined {
	const code = cleanIn(value);
	if (code === undefined || code === '' || !isWhole(code)) return undefined;
	if (/^["'`“”‘’「{]|["'`“”‘’」},，、;；。]$|:\/\//.test(code) || UUIDS.test(code))
		return undefined;
	const path = `/${encodeURIComponent(code)}`;
	return new URL(path, 'http://feishu.example').pathname === path ? code : undefined;
}

/** What a switch may hold: true or false, or a word for it. */
export function flagIn(value: unknown): boolean | undefined {
	const word = typeof value === 'string' ? value.trim().toLowerCase() : value;
	return (
		[true, 'true'].includes(word as string) ||
		(![false, 'false'].includes(word as string) ? undefined : false)
	);
}

/** Good values for the most part, and whatever else an expression can give. */
export const mostly = <T>(good: fc.Arbitrary<T>, odd: fc.Arbitrary<unknown>, goodToOdd = 5) =>
	fc.oneof({ arbitrary: good as fc.Arbitrary<unknown>, weight: goodToOdd }, odd);
