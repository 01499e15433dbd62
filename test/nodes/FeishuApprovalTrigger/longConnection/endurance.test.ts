/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- tests, not nodes */
import fc from 'fast-check';
import { spawn } from 'node:child_process';
import { getEventListeners } from 'node:events';
import { join as pathOf } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import {
	encodeFrame,
	headerOf,
	type Frame,
	type FrameHeader,
} from '../../../../nodes/FeishuApprovalTrigger/longConnection/frames';
import { CONNECTION_TIMES as TIMES } from '../../../../nodes/FeishuApprovalTrigger/longConnection/times';
import type { Connection, Sandbox } from '../../../../sandbox/index';
import { busyWith, memoryInUse } from '../../../engine/process';
import { until } from '../../../sandbox/until';
import { anyFrame } from './codec';
import { anEvent, contextFor, join, listener, withPlatform } from './connecting';

let sandbox: Sandbox;

withPlatform((started) => (sandbox = started));

const host = () => sandbox.events.longConnection;
const theConnection = (): Connection => [...host().connections][0];

/** So many times until the memory that is taken for granted is taken. */
const WARM_UP = 600;

/** How many somebodies still wait for timers that were made since the last call. */
function waiters(made: AbortSignal[]): number {
	const all = made.splice(0);
	return all.reduce((sum, signal) => sum + getEventListeners(signal, 'abort').length, 0);
}

it('reconnects again and again without anything left over', async () => {
	Object.assign(TIMES, { shortestPauseMs: 1, openMs: 1_000 });
	Object.assign(host().config, { ReconnectNonce: 0, PingInterval: 1 });
	const who = listener();
	await join(contextFor(sandbox), who);
	const again = async (times: number) => {
		for (let time = 0; time < times; time++) {
			const { opened } = host();
			await until(() => host().connections.size === 1 && theConnection().pings > 0);
			host().disconnect({ abruptly: time % 2 === 0 });
			await until(() => host().opened > opened);
		}
		await until(() => host().connections.size === 1 && theConnection().pings > 0);
		// The platform remembers what it was asked, and timers are there until their time is over.
		sandbox.journal.length = 0;
		await wait(1_500);
	};
	const made: AbortSignal[] = [];
	const timeout = AbortSignal.timeout.bind(AbortSignal);
	// These timers do not keep the process busy, so that nothing else tells of them.
	AbortSignal.timeout = (ms) => {
		const signal = timeout(ms);
		made.push(signal);
		return signal;
	};
	await again(WARM_UP);
	const [before, held, waiting] = [busyWith(), memoryInUse(), waiters(made)];
	await again(200);
	const [after, count] = [busyWith(), made.length];
	expect(waiters(made)).toBeLessThanOrEqual(waiting + 3);
	AbortSignal.timeout = timeout;
	expect(count).toBeGreaterThan(400);
	expect(memoryInUse() - held).toBeLessThan(1_000_000);
	expect(host().opened).toBe(1 + WARM_UP + 200);
	for (const kind of ['TCPSocketWrap', 'Timeout', 'MessagePort']) {
		expect((after[kind] ?? 0) - (before[kind] ?? 0)).toBeLessThanOrEqual(5);
	}
	sandbox.events.push(anEvent());
	await sandbox.events.settled();
	expect(who.events).toHaveLength(1);
}, 120_000);

it('takes many events without anything left over', async () => {
	let count = 0;
	const who = listener();
	who.onEvent = async () => {
		count++;
		return await Promise.resolve('started' as const);
	};
	await join(contextFor(sandbox), who);
	const push = async (events: number) => {
		for (let done = 0; done < events; done += 100) {
			for (let one = 0; one < 100; one++) sandbox.events.push(anEvent());
			await sandbox.events.settled();
			expect(sandbox.events.deliveries.every(({ retries }) => retries === 0)).toBe(true);
			// The platform remembers what it has pushed; nobody else may.
			sandbox.events.deliveries.length = 0;
			sandbox.journal.length = 0;
			who.events.length = 0;
		}
	};
	await push(1_000);
	const [before, held] = [busyWith(), memoryInUse()];
	await push(10_000);
	const after = busyWith();
	expect(count).toBe(1_000 + 10_000);
	expect(memoryInUse() - held).toBeLessThan(2_000_000);
	for (const kind of ['TCPSocketWrap', 'Timeout', 'MessagePort']) {
		expect((after[kind] ?? 0) - (before[kind] ?? 0)).toBeLessThanOrEqual(5);
	}
	expect(host().opened).toBe(1);
}, 120_000);

/** The headers of a frame that have other names. */
function headersBeside({ headers }: Frame, others: FrameHeader[]): FrameHeader[] {
	return headers.filter((header) => others.every(({ key }) => key !== header.key));
}

it('answers or is silent, whatever frame comes', async () => {
	const who = listener();
	await join(contextFor(sandbox), who);
	const connection = theConnection();
	const frames = fc.sample(
		anyFrame.chain((frame) => fc.record({ frame: fc.constant(frame), cut: fc.nat({ max: 20 }) })),
		{ numRuns: 10_000, seed: 19 },
	);
	const sent: Frame[] = [];
	for (const [index, { frame, cut }] of frames.entries()) {
		const id = `m${index}`;
		const isWhole = cut > 2;
		const isMarked = cut % 2 === 0;
		const marks = [
			{ key: 'type', value: cut % 3 === 0 ? 'event' : 'card' },
			{ key: 'message_id', value: id },
			{ key: 'sum', value: '1' },
			{ key: 'seq', value: '0' },
		];
		const marked = isMarked
			? { ...frame, headers: [...headersBeside(frame, marks), ...marks] }
			: frame;
		const bytes = encodeFrame(marked);
		connection['socket'].send(isWhole ? bytes : bytes.subarray(0, bytes.length - cut - 1));
		if (isWhole && isMarked && marked.method === 1) sent.push(marked);
	}
	const ids = sent.map((frame) => headerOf(frame, 'message_id'));
	expect(ids.length).toBeGreaterThan(100);
	await until(() => ids.every((id) => connection.late.includes(id!)));
	const [delivery] = sandbox.events.push(anEvent());
	await sandbox.events.settled();
	expect(delivery).toMatchObject({ state: 'accepted', retries: 0 });
	expect(host().opened).toBe(1);
	// Nothing but acknowledgements and pings came back, and none twice.
	expect(connection.complaints).toEqual([]);
	const marked = connection.late.filter((id) => /^m\d+$/.test(id));
	expect(new Set(marked).size).toBe(marked.length);
}, 60_000);

it('lets the process end by itself when all have left', async () => {
	const script = pathOf(__dirname, 'leaveAndEnd.ts');
	const child = spawn(process.execPath, ['--import', 'tsx', script, sandbox.url], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	let said = '';
	child.stdout.on('data', (data) => (said += String(data)));
	const code = await new Promise((resolve) => child.once('exit', resolve));
	const [, leftAt] = /^left at (\d+)$/m.exec(said)!;
	expect(code).toBe(0);
	expect(Date.now() - Number(leftAt)).toBeGreaterThan(400);
	expect(Date.now() - Number(leftAt)).toBeLessThan(5_000);
	expect(host().opened).toBe(1);
	expect(host().connections.size).toBe(0);
}, 60_000);
