/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a program for a terminal */
import { setTimeout as wait } from 'node:timers/promises';

import { IN_ENGINE, Ours } from '../contenders/ours';
import { exactly, type Figure } from '../figures';
import { unpaced } from '../pace';
import { codes } from '../platform';
import type { Bench } from './bench';

const ITEMS = 1_000;
/** When the stored token's time is over, after the run has begun (ms). */
const EXPIRES_AFTER_MS = 300;
/** The credential shares an exchange this long with calls that come late (ms). */
const SHARED_FOR_MS = 10_000;
/** What a token has left at Feishu when the credential drops it; Feishu then gives out a new one. */
const SECONDS_LEFT = 180;

/** How many tokens are fetched for many items. */
export async function tokens({ platform }: Bench): Promise<Figure[]> {
	const ours = await Ours.load(platform.url, 'tokens');
	const setUp = async () =>
		await platform.setUp({ contenders: [ours.name], instances: ITEMS, limits: false });
	const exchanges = async (expiresAfterMs?: number) => {
		await setUp();
		if (expiresAfterMs !== undefined) {
			ours.credential({ accessExpiresAt: Date.now() + expiresAfterMs });
		}
		const { failed } = await unpaced(async () => await ours.get(codes(ITEMS)));
		const seen = await platform.seen(ours.name);
		if (failed > 0) throw new Error(`${failed} of ${ITEMS} items could not be read`);
		return seen;
	};

	const cold = await exchanges();
	const warm = await exchanges();
	await wait(SHARED_FOR_MS);
	await platform.expireIn(ours.name, SECONDS_LEFT);
	const across = await exchanges(EXPIRES_AFTER_MS);
	if (across.tokens !== 2) throw new Error('The token did not expire during the run');

	const what = (when: string) => `Token exchanges for ${ITEMS} items, ${when}`;
	return [
		{
			what: what('cold'),
			who: IN_ENGINE,
			values: [cold.exchanges],
			unit: 'count',
			target: exactly(1),
		},
		{
			what: what('warm'),
			who: IN_ENGINE,
			values: [warm.exchanges],
			unit: 'count',
			target: exactly(0),
		},
		{
			what: what('across an expiry'),
			who: IN_ENGINE,
			values: [across.exchanges],
			unit: 'count',
			target: exactly(1),
		},
	];
}
