import { Problem } from './problem';
import type { UserIdType } from './userIds';

/** The IDs of one call, by the name of the field in which they stand. */
export type IdsByField = Readonly<Record<string, readonly string[]>>;

interface Kind {
	name: string;
	one: string;
	several: string;
	/** How its IDs begin; user IDs are what a company makes of them. */
	prefix?: string;
	/** What goes into User ID after a Get Instance node. */
	afterGet: string;
}

const KINDS: Readonly<Record<UserIdType, Kind>> = {
	open_id: {
		name: 'Open ID',
		one: 'an open ID',
		several: 'open IDs',
		prefix: 'ou_',
		afterGet: 'after a Get Instance node, "{{ $json.open_id }}" is right for User ID',
	},
	union_id: {
		name: 'Union ID',
		one: 'a union ID',
		several: 'union IDs',
		prefix: 'on_',
		afterGet: 'Get Instance gives none for User ID: enter your own',
	},
	user_id: {
		name: 'User ID',
		one: 'a user ID',
		several: 'user IDs',
		afterGet:
			'after a Get Instance node, "{{ $json.user_id }}" is right for User ID, if the app has the scope contact:user.employee_id:readonly',
	},
};

/** What else has an ID in Feishu. */
const NOBODY: ReadonlyArray<[pattern: RegExp, prefix: string, name: string]> = [
	[/^oc_[\da-f]{32}$/, 'oc_', 'the ID of a chat'],
	[/^od-[\da-f]{32}$/, 'od-', 'the ID of a department'],
	[/^cli_[\da-f]{16}$/, 'cli_', 'the ID of an app'],
];

/** More of them would bury the rest of an explanation. */
const SHOWN = 5;

/** The kind that an ID claims to be by its prefix. */
function kindByPrefix(id: string): UserIdType | undefined {
	if (id.startsWith('ou_')) return 'open_id';
	return id.startsWith('on_') ? 'union_id' : undefined;
}

/** Companies choose their user IDs, `on_duty` may be one: only the full form is certain. */
function isCertain(id: string): boolean {
	return /^o[un]_[\da-f]{32}$/.test(id);
}

/** Where the first ID for which `isOdd` holds stands, and which it is. */
function findId(ids: IdsByField, isOdd: (id: string) => boolean): [string, string] | undefined {
	for (const [field, entered] of Object.entries(ids)) {
		const odd = entered.find(isOdd);
		if (odd !== undefined) return [field, odd];
	}
	return undefined;
}

/** What an ID is that cannot be of this kind; nothing if it can. */
function describeMismatch(type: UserIdType, id: string): string | undefined {
	const isUserId = type === 'user_id';
	const nobody = NOBODY.find(([pattern, prefix]) =>
		isUserId ? pattern.test(id) : id.startsWith(prefix),
	);
	if (nobody !== undefined) return nobody[2];
	const kind = isUserId && !isCertain(id) ? type : (kindByPrefix(id) ?? type);
	return kind === type ? undefined : KINDS[kind].one;
}

/** What the fields have to hold so that a call with IDs of this kind can work. */
function describeFit(type: UserIdType, ids: IdsByField): string {
	const { name, one, several, afterGet } = KINDS[type];
	return Object.keys(ids).length === 1
		? `${one} with ${name} as User ID Type`
		: `${several} with ${name} as User ID Type (${afterGet})`;
}

/**
 * Why a call cannot work that announces its IDs as `type`: what is wrong, and what to do about it.
 * Nothing if they fit, as far as their prefixes tell; IDs without one pass, Feishu's own examples
 * announce such as open IDs.
 */
export function findKindMismatch(type: UserIdType, ids: IdsByField): Problem | undefined {
	const odd = findId(ids, (id) => describeMismatch(type, id) !== undefined);
	if (odd === undefined) return undefined;

	const [field, id] = odd;
	const message = `${field} does not fit User ID Type: "${id}" is ${describeMismatch(type, id)}, not ${KINDS[type].one}`;
	const [kind, ...others] = new Set(Object.values(ids).flat().map(kindByPrefix));
	const isAlone = Object.keys(ids).length === 1;
	if (kind !== undefined && others.length === 0 && !isAlone) {
		const { name, several } = KINDS[kind];
		return new Problem(message, `All IDs here are ${several}: set User ID Type to ${name}.`);
	}
	const kinds = [type, kindByPrefix(id)].filter((one) => one !== undefined);
	const ways = kinds.map((one) => describeFit(one, ids)).join(', or ');
	return new Problem(
		message,
		`${Object.keys(ids).join(' and ')}${isAlone ? '' : ' together'} can hold ${ways}.`,
	);
}

/** The IDs that a call carried, in a sentence, and which of them may be of another kind. */
export function describeIds(type: UserIdType, ids: IdsByField): string[] {
	const { several, prefix } = KINDS[type];
	const listed = Object.entries(ids)
		.filter(([, entered]) => entered.length > 0)
		.map(([field, entered]) => {
			const more = entered.length > SHOWN ? ` and ${entered.length - SHOWN} more` : '';
			const shown = entered.slice(0, SHOWN).map((id) => `\`${id}\``);
			return `${field} ${shown.join(', ')}${more}`;
		});
	if (listed.length === 0) return [];

	const sent = `Sent as ${several}: ${listed.join('; ')}.`;
	const odd = prefix === undefined ? undefined : findId(ids, (id) => !id.startsWith(prefix));
	if (odd === undefined) return [sent];
	const [field, id] = odd;
	return [
		sent,
		`\`${id}\` in ${field} does not begin with "${prefix}" as ${several} do. If it is a user ID, enter ${describeFit('user_id', ids)}.`,
	];
}
