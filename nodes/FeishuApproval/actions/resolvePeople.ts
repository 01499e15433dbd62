import { addressAmongIds, type Address } from '../../../approval/addresses';
import { Problem } from '../../../approval/problem';
import type { UserIdType } from '../../../approval/userIds';
import type { FeishuClient } from '../../../feishu/client/client';
import type { FeishuCallError } from '../../../feishu/errors/callError';
import { keyOf, lookUpPeople, type LookedUp } from '../../../feishu/people/lookUp';
import type { Operation } from './operation';

/** What a mobile number lacks most often when nobody is found. */
const COUNTRY_CODE =
	' A number from abroad has to begin with "+" and its country code, for example +4915112345678.';

/** Why nobody can be sent for an address that was entered. */
export function nobodyFound(displayName: string, entry: string, { kind }: Address): Problem {
	const reasons = [
		'is not in your company',
		'has left it',
		"is outside the app's contact range (Feishu developer console, Permissions & Scopes, data range)",
		kind === 'email'
			? 'has another address in Feishu: the enterprise mailbox does not count'
			: 'has another number in Feishu',
	];
	return new Problem(
		`${displayName} cannot be used: nobody was found for "${entry}"`,
		`Check the spelling. Otherwise the person ${reasons.slice(0, -1).join(', ')}, or ${reasons.at(-1)}.${kind === 'mobile' ? COUNTRY_CODE : ''} Nothing was sent for this item.`,
	);
}

/** The addresses in all people fields of an item. */
function addressesIn(operation: Operation, input: unknown): Address[] {
	return operation.people
		.flatMap((field) => field.read(input).map(addressAmongIds))
		.filter((address) => address !== undefined);
}

/** The input with IDs in place of addresses, or why that cannot be. */
function resolved(operation: Operation, input: unknown, { ids, failed }: LookedUp): unknown {
	let result = input;
	for (const field of operation.people) {
		const entries = field.read(input);
		const people: string[] = [];
		for (const entry of entries) {
			const address = addressAmongIds(entry);
			const key = address && keyOf(address);
			const failure = key === undefined ? undefined : failed.get(key);
			if (failure !== undefined) return failure;
			const id = key === undefined ? entry : ids.get(key);
			// A company may choose email addresses as its user IDs.
			const isOwnId = operation.userIdType(input) === 'user_id';
			if (id === undefined && !isOwnId) return nobodyFound(field.displayName, entry, address!);
			people.push(id ?? entry);
		}
		if (entries.length > 0) result = field.replace(result, people);
	}
	return result;
}

/**
 * Replaces email addresses and mobile numbers in the people fields of all items by IDs, each looked
 * up once per run, before anything else is sent. An item for which that cannot be done gets the
 * Problem, or the FeishuCallError of the look-up, in place of its input.
 *
 * @throws ExecutionCancelled if the run has ended
 */
export async function resolvePeople(
	client: FeishuClient,
	operation: Operation,
	inputs: Map<number, unknown>,
): Promise<Map<number, unknown | Problem | FeishuCallError>> {
	const byType = new Map<UserIdType, Address[]>();
	const concerned = new Map<number, unknown>();
	for (const [item, input] of inputs) {
		const addresses = addressesIn(operation, input);
		if (addresses.length === 0) continue;
		concerned.set(item, input);
		const type = operation.userIdType(input);
		const known = byType.get(type) ?? [];
		known.push(...addresses);
		byType.set(type, known);
	}
	const found = new Map<UserIdType, LookedUp>();
	for (const [type, addresses] of byType) {
		found.set(type, await lookUpPeople(client, addresses, type));
	}
	for (const [item, input] of concerned) {
		concerned.set(item, resolved(operation, input, found.get(operation.userIdType(input))!));
	}
	return concerned;
}
