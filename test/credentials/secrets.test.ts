/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { LoggerProxy, type Logger } from 'n8n-workflow';
import { inspect } from 'node:util';

import type * as Endpoints from '../../nodes/FeishuApproval/transport/endpoints';
import { testCredential } from '../engine/credentialTest';
import type { Step } from '../engine/engine';
import { openStage, type Stage } from '../engine/stage';
import {
	APPROVER,
	businessError,
	COLLEAGUE,
	emptyBody,
	gatewayPage,
	SAMPLE_INSTANCE,
	SANDBOX_APP,
	type Fault,
} from '../sandbox';

const { PATIENCE } = jest.requireActual<typeof Endpoints>(
	'../../dist/nodes/FeishuApproval/transport/endpoints',
);
const patience = { ...PATIENCE };
const CONSOLE = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;

let stage: Stage;
/** Everything that leaves: log lines, console, output of the process, results of runs. */
let left: string[];
/** The app's secret, and every token that was issued or stored. */
let secrets: Set<string>;

beforeEach(async () => {
	Object.assign(PATIENCE, { pauseMs: 1, answerMs: 200, limitMs: 1, settleMs: 1 });
	left = [];
	const take = (...parts: unknown[]) => void left.push(...parts.map(text));
	const logger: Logger = { debug: take, info: take, warn: take, error: take };
	LoggerProxy.init(logger);
	for (const method of CONSOLE) jest.spyOn(console, method).mockImplementation(take);
	for (const stream of [process.stdout, process.stderr]) {
		jest.spyOn(stream, 'write').mockImplementation((chunk) => {
			left.push(String(chunk));
			return true;
		});
	}
	stage = await openStage();
	secrets = new Set([SANDBOX_APP.app_secret]);
	const { tokens } = stage.sandbox;
	const exchange = tokens.exchange.bind(tokens);
	tokens.exchange = (appId) => {
		const issued = exchange(appId);
		secrets.add(issued.tenant_access_token);
		return issued;
	};
});
afterEach(async () => {
	jest.restoreAllMocks();
	Object.assign(PATIENCE, patience);
	await stage.close();
});

/** All that a log or a page could make of a value. */
function text(value: unknown): string {
	const error = value instanceof Error ? [value.stack, String(value)] : [];
	return [inspect(value, { depth: 10, showHidden: true }), json(value), ...error].join('\n');
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

/** Runs both operations in all three ways of going on, and the credential test. */
async function runAll(): Promise<void> {
	for (const step of [GET, CC]) {
		for (const onError of [undefined, 'continueRegularOutput', 'continueErrorOutput'] as const) {
			const outcome = await stage.engine.run([{ ...step, onError }]);
			const items = [...outcome.items('Node'), ...outcome.items('Node', 1)];
			left.push(text(outcome.run), text(outcome.error), text(items));
			for (const { error } of items) left.push(text(error));
			for (let cause: unknown = outcome.error; cause instanceof Error; cause = cause.cause) {
				left.push(text(cause));
			}
		}
	}
	const { message } = await testCredential(stage.engine);
	left.push(message);
}

function expectNothingLeft(): void {
	const output = left.join('\n');
	expect(output.length).toBeGreaterThan(1000);
	for (const secret of secrets) expect(output.includes(secret)).toBe(false);
}

const meet = (on: 'exchange' | 'get' | 'cc', fault: Fault) =>
	stage.sandbox.faults.add({ on, times: Infinity, fault });

it('the collector would notice', () => {
	console.log({ a: { b: SANDBOX_APP.app_secret } });
	LoggerProxy.info('a line');
	process.stdout.write('a piece');
	expect(left.join('\n')).toContain(SANDBOX_APP.app_secret);
	expect(left.join('\n')).toContain('a line');
	expect(left.join('\n')).toContain('a piece');
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
	// The request of the credential test waits longer than this test may take.
	if (fault.kind === 'hang') stage.sandbox.faults.add({ on: 'other', fault });
	await (fault.kind === 'hang' ? runHanging() : runAll());
	expect(secrets.size).toBeGreaterThan(1);
	expectNothingLeft();
});

async function runHanging(): Promise<void> {
	for (const step of [GET, CC]) {
		const outcome = await stage.engine.run([step]);
		left.push(text(outcome.run), text(outcome.error));
	}
}

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

it('nothing leaves when a platform says the secrets back', async () => {
	await stage.engine.run([GET]);
	const said = [...secrets].join(' ');
	const refusal = businessError(1388888, said, { error: { message: said } });
	meet('get', refusal);
	meet('cc', refusal);
	await runAll();
	expectNothingLeft();
});

it('nothing leaves when nobody listens, or fields are empty', async () => {
	await stage.engine.run([GET]);
	for (const change of [
		{ baseUrl: 'http://127.0.0.1:1' },
		{ baseUrl: SANDBOX_APP.app_id },
		{ appId: '' },
	]) {
		stage.engine.setCredential(change);
		await runAll();
	}
	expectNothingLeft();
});

it('nothing leaves when a run is cancelled', async () => {
	await stage.engine.run([GET]);
	meet('get', { kind: 'hang' });
	const running = stage.engine.start([GET]);
	await new Promise((go) => setImmediate(go));
	running.cancel();
	const outcome = await running.outcome;
	left.push(text(outcome.run), text(outcome.error));
	expectNothingLeft();
});
