/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { LoggerProxy, type Logger } from 'n8n-workflow';
import { inspect } from 'node:util';

import { testCredential } from '../engine/credentialTest';
import type { Step } from '../engine/engine';
import { startHarness, type Harness } from '../engine/harness';
import { tunable } from '../engine/tunable';
import {
	APPROVER,
	businessError,
	COLLEAGUE,
	emptyBody,
	gatewayPage,
	SAMPLE_INSTANCE,
	SANDBOX_APP,
	type Fault,
} from '../../sandbox';

const { TIMEOUTS } = tunable();
const CONSOLE = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;

let harness: Harness;
/** Everything that leaves: log lines, console, output of the process, results of runs. */
let left: string[];
/** The app's secret, and every token that was issued or stored. */
let secrets: Set<string>;

beforeEach(async () => {
	Object.assign(TIMEOUTS, { pauseMs: 1, answerMs: 200, limitMs: 1, settleMs: 1, lateMs: 1 });
	left = [];
	const take = (...parts: unknown[]) => void left.push(...parts.map(text));
	for (const method of CONSOLE) jest.spyOn(console, method).mockImplementation(take);
	for (const stream of [process.stdout, process.stderr]) {
		jest.spyOn(stream, 'write').mockImplementation((chunk) => {
			left.push(String(chunk));
			return true;
		});
	}
	harness = await startHarness();
	// Only now: n8n sets its own logger when it is loaded.
	const logger: Logger = { debug: take, info: take, warn: take, error: take };
	LoggerProxy.init(logger);
	secrets = new Set([SANDBOX_APP.app_secret]);
	const { tokens } = harness.sandbox;
	const exchange = tokens.exchange.bind(tokens);
	tokens.exchange = (appId) => {
		const issued = exchange(appId);
		secrets.add(issued.tenant_access_token);
		return issued;
	};
});
afterEach(async () => {
	jest.restoreAllMocks();
	await harness.close();
});

/** All that a log or a page could make of a value. */
function text(value: unknown): string {
	return `${inspect(value, { depth: 10, showHidden: true })}\n${json(value)}`;
}

function json(value: unknown): string {
	try {
		return JSON.stringify(value) ?? '';
	} catch (error) {
		return String(error);
	}
}

const GET: Step = {
	name: 'Node',
	parameters: { operation: 'get', instanceCode: SAMPLE_INSTANCE.instance_code },
};
const CC: Step = {
	name: 'Node',
	parameters: {
		operation: 'cc',
		approvalCode: SAMPLE_INSTANCE.approval_code,
		instanceCode: SAMPLE_INSTANCE.instance_code,
		userId: APPROVER.open_id,
		ccUserIds: COLLEAGUE.open_id,
	},
};

/**
 * Runs both operations in all three ways of going on, and the credential test, which would wait
 * five minutes for an answer.
 */
async function runAll(withTest = true): Promise<void> {
	for (const step of [GET, CC]) {
		for (const onError of [undefined, 'continueRegularOutput', 'continueErrorOutput'] as const) {
			const outcome = await harness.engine.run([{ ...step, onError }]);
			const items = [...outcome.items('Node'), ...outcome.items('Node', 1)];
			left.push(text(outcome.run), text(items), ...items.map(({ error }) => text(error)));
			for (let cause: unknown = outcome.error; cause instanceof Error; cause = cause.cause) {
				left.push(text(cause));
			}
		}
	}
	if (withTest) left.push((await testCredential(harness.engine)).message);
}

function expectNothingLeft(): void {
	for (const secret of secrets) expect(left.join('\n').includes(secret)).toBe(false);
}

const meet = (on: 'exchange' | 'get' | 'cc', fault: Fault) =>
	harness.sandbox.faults.add({ on, times: Infinity, fault });

it('the collector would notice', () => {
	LoggerProxy.info('a line', { a: { b: SANDBOX_APP.app_secret } });
	process.stdout.write('a piece');
	process.stderr.write('another piece');
	const parts = [SANDBOX_APP.app_secret, 'a line', 'a piece', 'another piece'];
	for (const part of parts) expect(left.join('\n')).toContain(part);
});

it('nothing leaves when all goes well', async () => {
	await runAll();
	expect(secrets.size).toBe(2);
	expectNothingLeft();
});

it.each<[string, Fault]>([
	['a business refusal', businessError(1390001)],
	['an unknown code', businessError(1388888, 'new', { status: 500 })],
	['a missing scope', businessError(99991672, 'Access denied: [approval:instance]')],
	['a token refused for good', businessError(99991663, 'Invalid access token')],
	['HTTP 401', businessError(99991663, 'Invalid access token', { status: 401 })],
	['a gateway page', gatewayPage()],
	['an empty body', emptyBody()],
	['half an answer', { kind: 'cut' }],
	['a reset', { kind: 'reset', when: 'after' }],
	['no answer', { kind: 'hang' }],
	['a redirect', { kind: 'redirect', to: 'http://127.0.0.1:1/' }],
])('nothing leaves when the calls meet %s', async (_name, fault) => {
	meet('get', fault);
	meet('cc', fault);
	await runAll(fault.kind !== 'hang');
	expect(secrets.size).toBeGreaterThan(1);
	expectNothingLeft();
});

it.each<[string, Fault]>([
	['a wrong secret', businessError(10015, 'app secret invalid', { status: 200 })],
	['an unknown code', businessError(19999, 'new', { status: 400 })],
	['a gateway page', gatewayPage()],
	['an empty body', emptyBody()],
	['a reset', { kind: 'reset', when: 'before' }],
	['a redirect', { kind: 'redirect', to: 'http://127.0.0.1:1/', status: 307 }],
	['an answer without a token', { kind: 'answer', status: 200, body: { code: 0, msg: 'ok' } }],
])('nothing leaves when the exchange meets %s', async (_name, fault) => {
	meet('exchange', fault);
	await runAll();
	expectNothingLeft();
});

describe('nothing leaves when a gateway says back what it was sent', () => {
	it('with a call', async () => {
		await harness.engine.run([GET]);
		const refusal = businessError(1388888, `unknown: Bearer ${[...secrets].pop()}`);
		meet('get', refusal);
		meet('cc', refusal);
		await runAll();
		expectNothingLeft();
	});

	it('with the exchange', async () => {
		const body = JSON.stringify({ app_secret: SANDBOX_APP.app_secret });
		meet('exchange', businessError(19999, `unknown: ${body}`, { status: 200 }));
		await runAll();
		expectNothingLeft();
	});
});

const base64 = (said: string) => Buffer.from(said).toString('base64');
const hex = (said: string) => Buffer.from(said).toString('hex');

describe('nothing leaves when a gateway says it back where the log ID belongs', () => {
	const ways: [string, (secret: string) => string][] = [
		['as it is', (secret) => secret],
		['as it was sent', (secret) => `Bearer ${secret}`],
		['for a URL', (secret) => encodeURIComponent(`Bearer ${secret}`)],
		['in base64', base64],
		['in hex digits', hex],
		['in hex digits, cut', (secret) => hex(secret).slice(0, 60)],
		['without its first letters', (secret) => secret.slice(2)],
		['in markup', (secret) => `<b>${secret}</b>`],
		['over and over', (secret) => secret.repeat(100)],
	];
	const places: [string, string, (said: string) => Parameters<typeof businessError>[2]][] = [
		['x-tt-logid', 'a header', (said) => ({ headers: { 'x-tt-logid': said } })],
		[
			'x-request-id',
			'a header',
			(said) => ({ headers: { 'x-tt-logid': '', 'x-request-id': said } }),
		],
		['log_id', 'the body', (said) => ({ headers: { 'x-tt-logid': '' }, error: { log_id: said } })],
		[
			'logid',
			'the body',
			(said) => ({ headers: { 'x-tt-logid': '' }, error: { logid: said, log_id: '' } }),
		],
	];
	const cases = places.flatMap(([name, where, details]) =>
		ways.map(([how, say]) => ({ name, where, how, details, say })),
	);

	it.each(cases)('$name in $where: $how, with a call', async ({ details, say }) => {
		await harness.engine.run([GET]);
		const said = say(String(harness.engine.credential().tenantAccessToken));
		for (const on of ['get', 'cc'] as const) meet(on, businessError(1388888, 'no', details(said)));
		await runAll();
		expect(left.join('\n')).toContain('1388888');
		expect(left.join('\n')).not.toContain(said);
		expectNothingLeft();
	});

	it.each(cases)('$name in $where: $how, with the exchange', async ({ details, say }) => {
		const said = say(SANDBOX_APP.app_secret);
		meet('exchange', businessError(19999, 'no', { status: 200, ...details(said) }));
		await runAll();
		expect(left.join('\n')).toContain('19999');
		expect(left.join('\n')).not.toContain(said);
		expectNothingLeft();
	});

	it('with an answer that nobody can read', async () => {
		TIMEOUTS.limitedMs = 1;
		await harness.engine.run([GET]);
		const token = String(harness.engine.credential().tenantAccessToken);
		for (const status of [429, 302, 502]) {
			const headers = { 'x-tt-logid': token.slice(2), 'x-request-id': hex(token).slice(0, 64) };
			meet('get', { kind: 'answer', status, body: '<html>', headers });
			await harness.engine.run([{ ...GET, onError: 'continueRegularOutput' }]);
			const outcome = await harness.engine.run([GET]);
			left.push(text(outcome.run), text(outcome.error), outcome.error?.description ?? '');
			expect(outcome.error?.context?.data).toMatchObject({ http_status: status, log_id: null });
			harness.sandbox.faults.clear();
		}
		expect(left.join('\n')).not.toContain(token.slice(2));
		expectNothingLeft();
	});
});

it('nothing leaves when nobody listens, or fields are empty', async () => {
	await harness.engine.run([GET]);
	for (const change of ['baseUrl', 'appId', 'appSecret']) {
		harness.engine.setCredential({ [change]: change === 'baseUrl' ? 'http://127.0.0.1:1' : '' });
		await runAll();
	}
	expectNothingLeft();
});

it('nothing leaves when a run is cancelled', async () => {
	await harness.engine.run([GET]);
	meet('get', { kind: 'hang' });
	const running = harness.engine.start([GET]);
	await new Promise((go) => setImmediate(go));
	running.cancel();
	const outcome = await running.outcome;
	left.push(text(outcome.run), text(outcome.error));
	expectNothingLeft();
});
