import type { Address } from '../../../../approval/addresses';
import type { AddressInForm } from '../../../../approval/filling/filling';
import { Problem } from '../../../../approval/problem';
import type { ItemClient } from '../../../../feishu/client/itemClient';
import type { FeishuCallError } from '../../../../feishu/errors/callError';
import { keyOf, lookUpPeople, type LookedUp } from '../../../../feishu/people/lookUp';
import { nobodyFound } from '../resolvePeople';

/** The open IDs of people in forms by the keys of their addresses; each is looked up once a run. */
export async function openIdsOf(feishu: ItemClient, addresses: Address[]): Promise<LookedUp> {
	const known = feishu.keep('people in forms', (): LookedUp => ({
		ids: new Map(),
		failed: new Map(),
	}));
	const missing = addresses.filter((address) => !known.ids.has(keyOf(address)));
	if (missing.length === 0) return known;
	const { ids, failed } = await lookUpPeople(feishu, missing, 'open_id');
	for (const [key, id] of ids) known.ids.set(key, id);
	return { ids: known.ids, failed };
}

/** Why the first of these people cannot be sent whose ID is not known. */
export function missingPerson(
	addresses: AddressInForm[],
	{ ids, failed }: LookedUp,
): Problem | FeishuCallError | undefined {
	const address = addresses.find((one) => !ids.has(keyOf(one)));
	if (address === undefined) return undefined;
	const { field, value } = address;
	const name = field === undefined ? 'Form' : `Form: "${field}"`;
	return failed.get(keyOf(address)) ?? nobodyFound(name, value, address);
}
