import type { IDataObject } from 'n8n-workflow';

import type { Address } from '../../approval/addresses';
import type { UserIdType } from '../../approval/userIds';
import { isObject } from '../../approval/json';
import type { FeishuClient } from '../client/client';
import { callOf, ENDPOINTS } from '../endpoints';
import { FeishuCallError } from '../errors/callError';

/** Feishu takes so many of each kind in one call (API sheet 7.2, 11.21). */
const AT_ONCE = 50;

/** The IDs of people by what they were looked up with, and why some could not be looked up at all. */
export interface LookedUp {
	ids: Map<string, string>;
	failed: Map<string, FeishuCallError>;
}

/** The one name of an address, however it is written. */
export function keyOf({ kind, value }: Address): string {
	return `${kind} ${value}`;
}

/** A Chinese number is answered with or without its country code, whichever way it was asked for. */
function withoutCountryCode(mobile: string): string {
	return mobile.replace(/^\+?86(?=1\d{10}$)/, '').replace(/^\+/, '');
}

/** The values in groups as large as one call takes. */
export function chunks(values: string[]): string[][] {
	const count = Math.ceil(values.length / AT_ONCE);
	return Array.from({ length: count }, (_, index) =>
		values.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
	);
}

/** Who of the answer has an ID, by email address and mobile number. */
function idsIn({ user_list: list }: IDataObject): Map<string, string> {
	const ids = new Map<string, string>();
	for (const user of Array.isArray(list) ? list : []) {
		if (!isObject(user) || typeof user.user_id !== 'string' || user.user_id === '') continue;
		if (typeof user.email === 'string') ids.set(user.email.toLowerCase(), user.user_id);
		if (typeof user.mobile === 'string') ids.set(withoutCountryCode(user.mobile), user.user_id);
	}
	return ids;
}

/**
 * The IDs of the people with these email addresses and mobile numbers (API sheet 7.2), each asked
 * for once, up to 50 of each kind in a call. Whom Feishu does not know is missing in `ids`.
 *
 * @throws ExecutionCancelled if the run has ended
 */
export async function lookUpPeople(
	client: Pick<FeishuClient, 'ask'>,
	addresses: Address[],
	type: UserIdType,
): Promise<LookedUp> {
	const wanted = new Map(addresses.map((address) => [keyOf(address), address]));
	const valuesOf = (kind: Address['kind']) =>
		[...wanted.values()].filter((one) => one.kind === kind).map(({ value }) => value);
	const [emails, mobiles] = [chunks(valuesOf('email')), chunks(valuesOf('mobile'))];
	const looked: LookedUp = { ids: new Map(), failed: new Map() };
	for (let index = 0; index < Math.max(emails.length, mobiles.length); index++) {
		const asked = { emails: emails[index] ?? [], mobiles: mobiles[index] ?? [] };
		const body = Object.fromEntries(Object.entries(asked).filter(([, list]) => list.length > 0));
		const call = callOf(ENDPOINTS.getUserIds, { qs: { user_id_type: type }, body });
		const answer = await client.ask(call);
		const known = answer.ok ? idsIn(answer.data) : new Map<string, string>();
		for (const [kind, values] of [
			['email', asked.emails],
			['mobile', asked.mobiles],
		] as const) {
			for (const value of values) {
				const key = keyOf({ kind, value });
				if (!answer.ok) looked.failed.set(key, new FeishuCallError(answer));
				const name = kind === 'mobile' ? withoutCountryCode(value) : value;
				const id = known.get(name);
				if (id !== undefined) looked.ids.set(key, id);
			}
		}
	}
	return looked;
}
