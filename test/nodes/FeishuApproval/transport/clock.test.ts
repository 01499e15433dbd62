import { sleep } from 'n8n-workflow';

import { openStage, type Stage } from '../../../engine/stage';
import { tunable } from '../../../engine/tunable';
import { rateLimited, SAMPLE_INSTANCE, SANDBOX_APP } from '../../../sandbox';

const { PATIENCE } = tunable();

const HOUR_MS = 3_600_000;
const ITEM = { instanceCode: SAMPLE_INSTANCE.instance_code };

let stage: Stage;
beforeEach(async () => {
	stage = await openStage();
});
afterEach(async () => {
	jest.restoreAllMocks();
	await stage.close();
});

function setClock(byMs: number): void {
	const now = Date.now;
	jest.spyOn(Date, 'now').mockImplementation(() => now() + byMs);
}

describe.each([
	['an hour back', -HOUR_MS],
	['a second back', -1_000],
	['an hour ahead', HOUR_MS],
])("this machine's clock is set %s", (_case, byMs) => {
	it('after a token was got that Feishu then refuses: it is replaced', async () => {
		await stage.get(ITEM);
		setClock(byMs);
		stage.sandbox.tokens.revoke(SANDBOX_APP.app_id);
		const { error } = await stage.get(ITEM);
		expect(error).toBeUndefined();
		expect(stage.sandbox.tokens.issued(SANDBOX_APP.app_id)).toBe(2);
	});

	it('during a wait for the rate limit: the run waits as long as Feishu asked for', async () => {
		stage.sandbox.faults.add({ on: 'get', fault: rateLimited(1) });
		const { outcome } = stage.engine.start([
			{ name: 'Get', parameters: { operation: 'get', ...ITEM } },
		]);
		await sleep(400);
		expect(stage.sandbox.calls('get')).toHaveLength(1);
		setClock(byMs);
		expect((await outcome).error).toBeUndefined();
		const [refused, repeated] = stage.sandbox.calls('get');
		expect(repeated.at - refused.at - byMs).toBeGreaterThanOrEqual(1_000);
	});

	it('during a call that gets no answer: it is given up and sent again', async () => {
		Object.assign(PATIENCE, { answerMs: 500, exchangeMs: 500, pauseMs: 5 });
		stage.sandbox.faults.add({ on: 'get', fault: { kind: 'hang' } });
		const { outcome } = stage.engine.start([
			{ name: 'Get', parameters: { operation: 'get', ...ITEM } },
		]);
		await sleep(200);
		setClock(byMs);
		expect((await outcome).error).toBeUndefined();
		expect(stage.sandbox.calls('get')).toHaveLength(2);
	});
});
