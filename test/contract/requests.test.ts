import * as lark from '@larksuiteoapi/node-sdk';
import { isAxiosError } from 'axios';

import { SANDBOX_APP } from '../../sandbox';
import { startHarness, type Harness } from '../engine/harness';
import { EACH_VARIANT, parametersOf } from './operations';
import { bare, Trial, wireOf } from './trial';

let harness: Harness;
beforeEach(async () => {
	harness = await startHarness();
});
afterEach(async () => await harness.close());

const quiet = () => undefined;

/** With a cache of its own: the SDK keeps tokens for all clients there are. */
function sdk(): lark.Client {
	const tokens = new Map<unknown, unknown>();
	return new lark.Client({
		cache: {
			get: async (key) => tokens.get(key),
			set: async (key, value) => tokens.set(key, value).has(key),
		},
		appId: SANDBOX_APP.app_id,
		appSecret: SANDBOX_APP.app_secret,
		domain: harness.sandbox.url,
		logger: { error: quiet, warn: quiet, info: quiet, debug: quiet, trace: quiet },
	});
}

describe.each(EACH_VARIANT)('%s', (_name, row, variant) => {
	it('sends what its row says and nothing else, and what the official SDK sends for the same', async () => {
		const trial = new Trial(harness, row, variant);
		const [{ sample, binary, requests, sdk: sameBySdk }] = trial.cases;
		const { error, items } = await harness.engine.run(
			[{ name: 'Node', parameters: parametersOf(row, sample) }],
			[{ json: {}, binary: { ...binary } }],
		);
		expect(error).toBeUndefined();
		expect(items('Node')).not.toEqual([]);
		expect(trial.journal().map(wireOf)).toEqual(requests.map(bare));
		for (const times of trial.effects(0)) expect(times).toBe(1);

		harness.sandbox.journal.length = 0;
		// What was done once may be refused now: it is the request that counts.
		await sameBySdk(sdk()).catch((error: unknown) => expect(isAxiosError(error)).toBe(true));
		const bySdk = requests.map((ours) => bare({ ...ours, ...ours.sdk }));
		expect(trial.journal().map(wireOf)).toEqual(bySdk);
		for (const [index, ours] of requests.entries()) {
			if (ours.sdk !== undefined) expect(bySdk[index]).not.toEqual(bare(ours));
		}
	});
});
