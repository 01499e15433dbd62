import type { UserIdType } from './userIds';

/** The IDs of one call, by the name of the field in which they stand. */
export type IdsByField = Readonly<Record<string, readonly string[]>>;

interface Kind {
	name: string;
	one: string;
	several: string;
	/** How its IDs begin; user IDs are what a company makes of them. */
	prefix?: string;
	/** What gives the ID of who started the approval, behind Get Instance. */
	behindGet?: string;
}

const KINDS: Readonly<Record<UserIdType, Kind>> = {
	open_id: {
		name: 'Open ID',
		one: 'an open ID',
		several: 'open IDs',
		prefix: 'ou_',
		behindGet: '{{ $json.open_id }}',
	},
	union_id: { name: 'Union ID', one: 'a union ID', several: 'union IDs', prefix: 'on_' },
	user_id: {
		name: 'User ID',
		one: 'a user ID',
		several: 'user IDs',
		behindGet: '{{ $json.user_id }}',
	},
};

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

function wantedIn(ids: IdsByField, type: UserIdType): string {
	const { name, several, behindGet } = KINDS[type];
	const fields = Object.keys(ids);
	if (fields.length === 1)
		return `With ${name} as User ID Type, ${fields[0]} has to hold ${several}.`;
	const wanted = `With ${name} as User ID Type, ${fields.join(' and ')} have to hold ${several}`;
	return behindGet === undefined
		? `${wanted}.`
		: `${wanted}; behind Get Instance, "${behindGet}" gives the one for User ID.`;
}

/**
 * Why a call cannot work that announces its IDs as `type`: what is wrong, and what to do about it.
 * Nothing if they fit, as far as their prefixes tell; IDs without one pass, Feishu's own examples
 * announce such as open IDs.
 */
export function contradiction(
	type: UserIdType,
	ids: IdsByField,
): { what: string; cure: string } | undefined {
	const isEmail = (id: string) => type !== 'user_id' && id.includes('@');
	const odd = find(ids, (id) => isEmail(id) || (kindByPrefix(id) ?? type) !== type);
	if (odd === undefined) return undefined;

	const [field, id] = odd;
	const what = `${field} does not fit User ID Type: "${id}" is not ${KINDS[type].one}`;
	const wanted = wantedIn(ids, type);
	if (isEmail(id)) return { what, cure: `An email address is not an ID. ${wanted}` };
	const kinds = new Set(Object.values(ids).flat().map(kindByPrefix));
	const [kind] = kinds;
	if (kinds.size > 1 || kind === undefined) return { what, cure: wanted };
	const { name, several } = KINDS[kind];
	return { what, cure: `These are ${several}: set User ID Type to ${name}. ${wanted}` };
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
		`\`${id}\` in ${field} does not begin with "${prefix}" as ${several} do. If it is a user ID, set User ID Type to User ID. ${wantedIn(ids, 'user_id')}`,
	];
}
