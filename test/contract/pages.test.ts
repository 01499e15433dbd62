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

/** What comes of every list that answers this again and again, and what the log says of it. */
async function runAll(data: object) {
	const fault: Fault = { kind: 'answer', status: 200, body: { code: 0, msg: 'success', data } };
	const outcomes = [];
	for (const [name, row, variant] of LISTS) {
		const warned = watchLog('warn');
		harness.sandbox.faults.clear();
		const trial = new Trial(harness, row, variant);
		harness.sandbox.faults.add({ on: variant.endpoint, times: Infinity, fault });
		const { error, items } = await harness.engine.run([trial.node()], trial.input());
		const { message, description } = error ?? {};
		const count = items('Node').length;
		outcomes.push({ name, message, description, count, warned: [...new Set(warned())] });
		jest.restoreAllMocks();
	}
	return outcomes;
}

const each = (expected: object) => LISTS.map(([name]) => ({ name, ...expected }));

it('a list that goes on, and no token says where, does not pass for complete', async () => {
	expect(await runAll({ has_more: true, page_token: '' })).toEqual(
		each({
			message: 'Feishu says that there is more, but does not say where it goes on',
			description: expect.stringContaining('A part of the list would be missing'),
			count: 0,
			warned: [],
		}),
	);
});

it('a list ends at a token that comes twice, and the log says so', async () => {
	const warned = [expect.stringMatching(/ \/open-apis\/.* gave a page token a second time/)];
	expect(await runAll({ has_more: true, page_token: 'again' })).toEqual(
		each({ message: undefined, description: undefined, count: 0, warned }),
	);
});

it('nothing is said of a token on the last page', async () => {
	expect(await runAll({ has_more: false, page_token: 'again' })).toEqual(
		each({ message: undefined, description: undefined, count: 0, warned: [] }),
	);
});
