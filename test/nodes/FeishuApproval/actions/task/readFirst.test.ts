import type { JournalEntry } from '../../../../../sandbox';
import { businessError, serverError } from '../../../../../sandbox';
import { EACH_VARIANT } from '../../../../contract/operations';
import { Trial } from '../../../../contract/trial';
import { startHarness, type Harness } from '../../../../engine/harness';
import { tunable } from '../../../../engine/tunable';

const { TIMEOUTS } = tunable();
const RETRY_ON_FAIL = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

let harness: Harness;
beforeEach(async () => {
	Object.assign(TIMEOUTS, { pauseMs: 1, settleMs: 10, lateMs: 10 });
	harness = await startHarness();
});
afterEach(async () => await harness.close());

const READING = EACH_VARIANT.filter(([name]) => /^task\.(addApprover|rollBack)$/.test(name));

describe.each(READING)('%s', (_name, row, variant) => {
	/** The decision gets no answer, and from then on nothing can be read. */
	function loseDecision(trial: Trial): void {
		trial.disturb(0, { kind: 'reset', when: 'after' });
		const isLost = () => trial.sent(0) > 0;
		const on = ({ method }: JournalEntry) => method === 'GET' && isLost();
		harness.sandbox.faults.add({ on, times: 100, fault: serverError(502) });
	}

	it('does not forget what it has sent when a retry cannot read what it needs', async () => {
		const trial = new Trial(harness, row, variant);
		loseDecision(trial);
		const { error } = await harness.engine.run([trial.node(RETRY_ON_FAIL)], trial.input());
		expect(error?.message).toMatch(/^It is not known whether/);
		expect(error?.description).toMatch(/The connection broke/);
		expect(trial.sent(0)).toBe(1);
		expect(trial.effects(0)).toEqual([1]);
	});

	it('says the same with the Retry button, and sends nothing', async () => {
		const trial = new Trial(harness, row, variant);
		loseDecision(trial);
		const first = await harness.engine.run([trial.node()], trial.input());
		const { error } = await harness.engine.retry([trial.node()], first);
		expect(error?.message).toMatch(/^It is not known whether/);
		expect(trial.sent(0)).toBe(1);
	});

	it('says what it could not read as long as nothing was sent', async () => {
		const trial = new Trial(harness, row, variant);
		const on = ({ method }: JournalEntry) => method === 'GET';
		const fault = businessError(1390009, 'no operation permission', { status: 403 });
		harness.sandbox.faults.add({ on, times: 100, fault });
		const { error } = await harness.engine.run([trial.node(RETRY_ON_FAIL)], trial.input());
		expect(error?.message).toBe('The approval does not allow this operation');
		expect(trial.sent(0)).toBe(0);
	});
});
