import type { UserIdType } from './userIds';

/** The IDs of one call, by the name of the field in which they stand. */
export type IdsByField = Readonly<Record<string, readonly string[]>>;

interface Kind {
	name: string;
	one: string;
	several: string;
	/** How its IDs begin; user IDs are what a company makes of them. */
	prefix?: string;
	/** What goes into User ID behind Get Instance. */
	behindGet: string;
}

const KINDS: Readonly<Record<UserIdType, Kind>> = {
	open_id: {
		name: 'Open ID',
		one: 'an open ID',
		several: 'open IDs',
		prefix: 'ou_',
		behindGet: 'behind Get Instance, "{{ $json.open_id }}" is right for User ID',
	},
	union_id: {
		name: 'Union ID',
		one: 'a union ID',
		several: 'union IDs',
		prefix: 'on_',
		behindGet: 'Get Instance gives none for User ID: enter your own',
	},
	user_id: {
		name: 'User ID',
		one: 'a user ID',
		several: 'user IDs',
		behindGet:
			'behind Get Instance, "{{ $json.user_id }}" is right for User ID, if the app has the scope contact:user.employee_id:readonly',
	},
};

/** What else has an ID in Feishu, by how it begins. */
const NOBODY: ReadonlyArray<[prefix: string, message: string]> = [
	['oc_', 'the ID of a chat'],
	['od-', 'the ID of a department'],
	['cli_', 'the ID of an app'],
];

/** More of them would bury the rest of an explanation. */
const SHOWN = 5;

function kindByPrefix(id: string): UserIdType | undefined {
	if (id.startsWith('ou_')) return 'open_id';
	return id.startsWith('on_') ? 'union_id' : undefined;
}

/** Where the first ID for which `isOdd` holds stands, and which it is. */
function find(ids: IdsByField, isOdd: (id: string) => boolean): [string, string] | undefined {
	for (const [field, entered] of Object.entries(ids)) {
		const odd = entered.find(isOdd);
		if (odd !== undefined) return [field, odd];
	}
	return undefined;
}

/** What an ID is that cannot be of this kind; nothing if it can. */
function otherwise(type: UserIdType, id: string): string | undefined {
	const nobody = NOBODY.find(([prefix]) => id.startsWith(prefix));
	if (nobody !== undefined) return nobody[1];
	const kind = kindByPrefix(id) ?? type;
	if (kind !== type) return KINDS[kind].one;
	// A company may choose email addresses as its user IDs.
	const isEmail = type !== 'user_id' && /[^@\s]@[^@\s]+\.[^@\s]/.test(id);
	return isEmail ? 'an email address' : undefined;
}

/** What the fields have to hold so that a call with IDs of this kind can work. */
function wayOf(type: UserIdType, ids: IdsByField): string {
	const { name, one, several, behindGet } = KINDS[type];
	return Object.keys(ids).length === 1
		? `${one} with ${name} as User ID Type`
		: `${several} with ${name} as User ID Type (${behindGet})`;
}

/**
 * Why a call cannot work that announces its IDs as `type`: what is wrong, and what to do about it.
 * Nothing if they fit, as far as their prefixes tell; IDs without one pass, Feishu's own examples
 * announce such as open IDs.
 */
export function contradiction(
	type: UserIdType,
	ids: IdsByField,
): { message: string; hint: string } | undefined {
	const odd = find(ids, (id) => otherwise(type, id) !== undefined);
	if (odd === undefined) return undefined;

	const [field, id] = odd;
	const what = `${field} does not fit User ID Type: "${id}" is ${otherwise(type, id)}, not ${KINDS[type].one}`;
	const [kind, ...others] = new Set(Object.values(ids).flat().map(kindByPrefix));
	const isAlone = Object.keys(ids).length === 1;
	if (kind !== undefined && others.length === 0 && !isAlone) {
		const { name, several } = KINDS[kind];
		return { message: what, hint: `All IDs here are ${several}: set User ID Type to ${name}.` };
	}
	const kinds = [type, kindByPrefix(id)].filter((one) => one !== undefined);
	const ways = kinds.map((one) => wayOf(one, ids)).join(', or ');
	return {
		message: what,
		hint: `${Object.keys(ids).join(' and ')}${isAlone ? '' : ' together'} can hold ${ways}.`,
	};
}

/** The IDs that a call carried, in a sentence, and which of them may be of another kind. */
export function carried(type: UserIdType, ids: IdsByField): string[] {
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
	const odd = prefix === undefined ? undefined : find(ids, (id) => !id.startsWith(prefix));
	if (odd === undefined) return [sent];
	const [field, id] = odd;
	return [
		sent,
		`\`${id}\` in ${field} does not begin with "${prefix}" as ${several} do. If it is a user ID, enter ${wayOf('user_id', ids)}.`,
	];
}
