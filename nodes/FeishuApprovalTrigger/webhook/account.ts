import type { IWebhookFunctions } from 'n8n-workflow';

import { CREDENTIAL } from '../../../feishu/account';
import { nodeKeyOf } from '../listening';
import { appKeyOf, pushKeysOf } from '../settings';
import { TIMES } from '../times';
import type { PushKeys } from './answer';

/** Who pushes to a webhook, and how that is told. */
export interface PushAccount {
	/** As `appKeyOf` names it. */
	app: string;
	keys: PushKeys;
	/** When it was read (process ms). */
	at: number;
}

/** By node and credential. Reading a credential takes n8n longer than all the rest of a request. */
const accounts = new Map<string, PushAccount>();

/**
 * The app of a webhook's credential and its keys, read at most `maxAgeMs` ago; nothing if the
 * credential cannot be read.
 *
 * @throws an Error that names the field if a custom address is not one
 */
export async function accountOf(
	context: IWebhookFunctions,
	maxAgeMs = TIMES.keysMs,
): Promise<PushAccount | undefined> {
	const name = `${nodeKeyOf(context)}/${context.getNode().credentials?.[CREDENTIAL]?.id}`;
	const known = accounts.get(name);
	if (known !== undefined && performance.now() - known.at < maxAgeMs) return known;
	const at = performance.now();
	const credentials = await context.getCredentials(CREDENTIAL).catch(() => undefined);
	accounts.delete(name);
	if (credentials === undefined) return undefined;
	const account = { app: appKeyOf(credentials), keys: pushKeysOf(credentials), at };
	accounts.set(name, account);
	return account;
}
