/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests, not nodes */
import { setTimeout as wait } from 'node:timers/promises';

import { readRefusal } from '../../../../nodes/FeishuApprovalTrigger/longConnection/refusal';
import { joinConnection } from '../../../../nodes/FeishuApprovalTrigger/longConnection/registry';
import { CONNECTION_TIMES as TIMES } from '../../../../nodes/FeishuApprovalTrigger/longConnection/times';
import {
	gatewayPage,
	refusedConnection,
	SANDBOX_APP,
	serverError,
	type Fault,
	type Sandbox,
} from '../../../../sandbox/index';
import { until } from '../../../sandbox/until';
import { anEvent, contextFor, join, listener, withPlatform } from './connecting';

let sandbox: Sandbox;

withPlatform(
	(started) => (sandbox = started),
	() => ({ apps: [{ ...SANDBOX_APP }] }),
);
beforeEach(() => {
	Object.assign(TIMES, { firstPauseMs: 20, refusedPauseMs: 40, longestPauseMs: 60 });
});

const host = () => sandbox.events.longConnection;
const asked = () => sandbox.calls('openConnection').length;
const refuse = (fault: Fault, times?: number) =>
	sandbox.faults.add({ on: 'openConnection', fault, times });
const theApp = () => sandbox.apps.get(SANDBOX_APP.app_id)!;

describe('what time does not cure is thrown, with the way out', () => {
	it.each([
		[403, /does not let this app use the long connection.*enabled.*choose Webhook as Connection/],
		[514, /does not accept App ID and App Secret\. Copy App ID and App Secret again/],
		[1000040345, /does not accept App ID and App Secret\. Copy App ID and App Secret again/],
		[1000040346, /does not accept the App ID\. Copy App ID and App Secret again/],
		[1000040351, /belongs to the other cloud.*correct Base URL in the credential/],
	] as const)('%i', async (code, text) => {
		refuse(refusedConnection(code));
		await expect(join(contextFor(sandbox))).rejects.toThrow(text);
		await expect(join(contextFor(sandbox))).rejects.toThrow(`code ${code} "`);
		await wait(100);
		// Nobody is left who would want another try.
		expect(asked()).toBe(2);
	});

	it.each([
		['https://open.feishu.cn', 'choose Lark as Platform in the credential'],
		['https://open.larksuite.com', 'choose Feishu as Platform in the credential'],
	])('the wrong cloud: %s', (baseUrl, cure) => {
		const failure = { ok: false, carriedOut: 'no', transient: false, code: 1000040351 } as const;
		const { text, isLasting } = readRefusal(failure, baseUrl);
		expect([text, isLasting]).toEqual([expect.stringContaining(cure), true]);
	});

	it('a code that nobody has heard of', async () => {
		const body = '{"code":1000049999,"msg":"what is this"}';
		refuse({ kind: 'answer', status: 200, body });
		await expect(join(contextFor(sandbox))).rejects.toThrow(
			/refused the long connection.*choose Webhook.*code 1000049999 "what is this"/,
		);
	});

	it('an address where no such thing is offered', async () => {
		const context = contextFor(sandbox, { baseUrl: `${sandbox.url}/elsewhere` });
		await expect(join(context)).rejects.toThrow(
			/does not offer the long connection at this address.*choose Webhook/,
		);
		refuse({ kind: 'answer', status: 404, body: '<html>' });
		await expect(join(contextFor(sandbox))).rejects.toThrow(/does not offer.*HTTP 404/);
	});

	it('Node without a WebSocket', async () => {
		const own = Object.getOwnPropertyDescriptor(globalThis, 'WebSocket')!;
		Reflect.deleteProperty(globalThis, 'WebSocket');
		try {
			await expect(joinConnection(contextFor(sandbox), listener())).rejects.toThrow(
				/needs Node\.js 22 or newer.*choose Webhook as Connection/,
			);
		} finally {
			Object.defineProperty(globalThis, 'WebSocket', own);
		}
		expect(asked()).toBe(0);
	});
});

describe('what time cures', () => {
	it.each<[string, Fault, RegExp]>([
		['busy', refusedConnection(1), /platform is busy.*by itself.*code 1 /],
		['internal', refusedConnection(1000040343), /could not open.*code 1000040343/],
		['too many', refusedConnection(1000040350), /more long connections.*code 1000040350/],
		['5xx', serverError(503), /code 2200.*HTTP 503/],
		['a page of a gateway', gatewayPage(), /HTTP 502/],
		['a reset', { kind: 'reset' } as Fault, /connection broke/],
		['no address', { kind: 'answer', status: 200, body: '{"code":0,"data":{}}' }, /no address/],
	])('heals after joining: %s', async (_name, fault, text) => {
		refuse(fault, 3);
		const who = listener();
		const context = contextFor(sandbox);
		await join(context, who);
		await until(() => host().opened === 1);
		sandbox.events.push(anEvent());
		await sandbox.events.settled();
		expect(who.events).toHaveLength(1);
		expect(who.refusals).toEqual([]);
		await until(() => context.lines.length === 2);
		// One line for each change, not for each of the three tries.
		expect(context.lines).toEqual([
			expect.stringMatching(new RegExp(`^warn .*${text.source}`)),
			expect.stringMatching(/^info .* is open/),
		]);
	});

	it('heals after it was open, with pauses that grow', async () => {
		TIMES.longestPauseMs = 10_000;
		const who = listener();
		const context = contextFor(sandbox);
		await join(context, who);
		await until(() => [...host().connections][0].pings > 0);
		host().config.ReconnectInterval = 0.04;
		refuse(refusedConnection(1000040350), 4);
		host().disconnect();
		await until(() => host().opened === 2);
		const times = sandbox.calls('openConnection').map(({ at }) => at);
		const pauses = times.slice(2).map((at, index) => at - times[index + 1]);
		expect(pauses).toHaveLength(4);
		expect(pauses[3]).toBeGreaterThan(pauses[0]);
		expect(pauses[3]).toBeGreaterThan(75);
		await until(() => context.lines.length === 4);
		expect(context.lines.map((line) => line.split(' ')[0])).toEqual([
			'info',
			'warn',
			'warn',
			'info',
		]);
		expect(who.refusals).toEqual([]);
	});

	it('lets a second one join meanwhile', async () => {
		TIMES.firstPauseMs = 200;
		refuse(refusedConnection(1), 1);
		const all = [listener(), listener()];
		for (const who of all) await join(contextFor(sandbox), who);
		await until(() => host().opened === 1);
		sandbox.events.push(anEvent());
		await sandbox.events.settled();
		expect(all.map(({ events }) => events.length)).toEqual([1, 1]);
		expect(host().opened).toBe(1);
	});
});

describe('a refusal that comes later', () => {
	it('is told once to each, and made up for when it is over', async () => {
		const all = [listener(), listener()];
		const context = contextFor(sandbox);
		await join(contextFor(sandbox), all[0]);
		await join(context, all[1]);
		theApp().enabled = false;
		host().disconnect();
		await until(() => asked() >= 5);
		for (const { refusals } of all) {
			expect(refusals).toEqual([expect.stringMatching(/does not let this app.*code 403/)]);
		}
		await expect(join(contextFor(sandbox))).rejects.toThrow('code 403');
		theApp().enabled = true;
		await until(() => host().opened === 2);
		sandbox.events.push(anEvent());
		await sandbox.events.settled();
		expect(all.map(({ events }) => events.length)).toEqual([1, 1]);
		expect(context.lines.map((line) => line.split(' ')[0])).toEqual(['warn', 'warn', 'info']);
		theApp().enabled = false;
		host().disconnect();
		await until(() => all[0].refusals.length === 2);
	});

	it('is over at once for who joins when it is', async () => {
		TIMES.refusedPauseMs = 60_000;
		const first = listener();
		await join(contextFor(sandbox), first);
		theApp().enabled = false;
		host().disconnect();
		await until(() => first.refusals.length === 1);
		theApp().enabled = true;
		await join(contextFor(sandbox));
		expect(host().opened).toBe(2);
	});
});

describe('a handshake that fails', () => {
	it('names what may stand in the way, then heals', async () => {
		host().refuseHandshakes = 403;
		const context = contextFor(sandbox);
		const who = listener();
		await join(context, who);
		expect(context.lines).toEqual([
			expect.stringMatching(
				/could not be opened there.*HTTPS_PROXY.*NODE_USE_ENV_PROXY=1.*NODE_EXTRA_CA_CERTS.*firewall.*choose Webhook/,
			),
		]);
		host().refuseHandshakes = undefined;
		await until(() => host().opened === 1);
		expect(who.refusals).toEqual([]);
	});

	it('is told if it never comes to an opening, and thrown to who comes then', async () => {
		host().refuseHandshakes = 403;
		const who = listener();
		await join(contextFor(sandbox), who);
		await until(() => who.refusals.length === 1);
		expect(asked()).toBe(3);
		expect(who.refusals[0]).toContain('NODE_USE_ENV_PROXY=1');
		await expect(join(contextFor(sandbox))).rejects.toThrow('NODE_USE_ENV_PROXY=1');
		host().refuseHandshakes = undefined;
		await until(() => host().opened === 1);
		expect(who.refusals).toHaveLength(1);
	});

	it('that takes for ever is given up', async () => {
		TIMES.openMs = 80;
		TIMES.firstPauseMs = 5_000;
		const server = host()['server'];
		server.removeAllListeners('upgrade');
		const ended = new Promise<void>((resolve) => {
			server.once('upgrade', (_request, socket) => {
				socket
					.resume()
					.once('close', resolve)
					.once('end', () => socket.destroy());
				socket.on('error', () => undefined);
			});
		});
		const context = contextFor(sandbox);
		await join(context);
		expect(context.lines[0]).toContain('could not be opened there');
		// The socket is not left to itself.
		await ended;
	});
});

it('says no secret and no ticket, whatever happens', async () => {
	const { appSecret } = contextFor(sandbox).account;
	const issued: string[] = [];
	const issue = host().issueUrl.bind(host());
	host().issueUrl = (appId) => {
		issued.push(issue(appId));
		return issued.at(-1)!;
	};
	const context = contextFor(sandbox);
	const texts = context.lines;
	context.post = async (url, body) => {
		if (issued.length === 2) throw new Error(`could not send ${JSON.stringify(body)}`);
		return await contextFor(sandbox).post(url, body);
	};
	host().refuseHandshakes = 403;
	const who = listener();
	await join(context, who);
	await until(() => who.refusals.length === 1);
	texts.push(...who.refusals);
	expect(issued).toHaveLength(2);
	expect(texts.join()).toContain('Could not send');
	const echo = JSON.stringify({ code: 403, msg: `secret ${appSecret}` });
	refuse({ kind: 'answer', status: 200, body: echo });
	const other = contextFor(sandbox);
	const error = (await join(other).catch((thrown: Error) => thrown)) as Error;
	texts.push(error.message, String(error.stack), ...other.lines);
	const all = texts.join();
	expect(all).toContain('code 403');
	for (const url of issued) {
		const { searchParams } = new URL(url);
		expect(all).not.toContain(searchParams.get('ticket'));
		expect(all).not.toContain(searchParams.get('access_key'));
	}
	expect(all).not.toContain(appSecret);
});
