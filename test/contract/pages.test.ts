import type { Fault } from '../../sandbox';
import { startHarness, type Harness } from '../engine/harness';
import { watchLog } from '../engine/log';
import { EACH_VARIANT } from './operations';
import { Trial } from './trial';

/** What reads pages; files come from one instance. */
const LISTS = EACH_VARIANT.filter(([name, , { isList }]) => isList && !name.startsWith('file.'));

let harness: Harness;
beforeEach(async () => {
	harness = await startHarness({ limits: false });
});
afterEach(async () => {
	jest.restoreAllMocks();
	await harness.close();
});

const page = (data: object): Fault => ({
	kind: 'answer',
	status: 200,
	body: { code: 0, msg: 'success', data },
});

describe.each(LISTS)('%s', (_name, row, variant) => {
	const run = async (data: object) => {
		const trial = new Trial(harness, row, variant);
		trial.disturb(0, page(data));
		harness.sandbox.faults.add({ on: variant.endpoint, times: Infinity, fault: page(data) });
		return await harness.engine.run([trial.node()], trial.input());
	};

	it('does not pass for complete where it goes on and no token says where', async () => {
		const warned = watchLog('warn');
		const { error } = await run({ has_more: true, page_token: '' });
		expect(error?.message).toBe(
			'Feishu says that there is more, but does not say where it goes on',
		);
		expect(error?.description).toContain('A part of the list would be missing');
		expect(warned()).toEqual([]);
	});

	it('ends at a token that comes twice, and the log says so', async () => {
		const warned = watchLog('warn');
		const { error } = await run({ has_more: true, page_token: 'again' });
		expect(error).toBeUndefined();
		expect(new Set(warned())).toEqual(
			new Set([expect.stringMatching(/\/open-apis\/.* gave a page token a second time/)]),
		);
	});

	it('says nothing of a token on the last page', async () => {
		const warned = watchLog('warn');
		const { error, json } = await run({ has_more: false, page_token: 'again' });
		expect(error).toBeUndefined();
		expect(json('Node')).toEqual([]);
		expect(warned()).toEqual([]);
	});
});

it('is about all lists', () => {
	expect(LISTS.length).toBeGreaterThan(8);
});
