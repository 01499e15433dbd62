import * as lark from '@larksuiteoapi/node-sdk';

import type { JournalEntry } from '../../sandbox';
import { SANDBOX_APP } from '../../sandbox';
import { startHarness, type Harness } from '../engine/harness';
import { nameOf, parametersOf } from './operations';
import type { Wire } from './row';
import { ROWS } from './rows';

let harness: Harness;
beforeEach(async () => {
	harness = await startHarness();
});
afterEach(async () => await harness.close());

const quiet = () => undefined;

const sdk = () =>
	new lark.Client({
		appId: SANDBOX_APP.app_id,
		appSecret: SANDBOX_APP.app_secret,
		domain: harness.sandbox.url,
		logger: { error: quiet, warn: quiet, info: quiet, debug: quiet, trace: quiet },
	});

function wireOf({ method, path, query, body }: JournalEntry): Wire {
	return { method, path, query: query as Record<string, string>, body };
}

describe.each(ROWS.map((row) => [nameOf(row), row] as const))('%s', (_name, row) => {
	it('sends what its row says, and what the official SDK sends for the same', async () => {
		const { error } = await harness.engine.run([
			{ name: 'Node', parameters: parametersOf(row, harness.sandbox) },
		]);
		expect(error).toBeUndefined();
		const ours = wireOf(harness.sandbox.calls(row.endpoint)[0]);
		expect(ours).toEqual(row.request(harness.sandbox));

		harness.sandbox.journal.length = 0;
		// What was done once may be refused now: it is the request that counts.
		await row.sdk(sdk(), harness.sandbox).catch(() => undefined);
		const theirs = wireOf(harness.sandbox.calls(row.endpoint)[0]);
		const parts = ['method', 'path', 'query', 'body'] as const;
		const different = parts.filter(
			(part) => JSON.stringify(sorted(ours[part])) !== JSON.stringify(sorted(theirs[part])),
		);
		expect(different).toEqual(Object.keys(row.differences ?? {}));
	});
});

/** Names in an order that does not depend on who wrote them. */
function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).map(([key, inner]) => [key, sorted(inner)] as const);
	return Object.fromEntries(entries.sort(([one], [other]) => one.localeCompare(other)));
}
