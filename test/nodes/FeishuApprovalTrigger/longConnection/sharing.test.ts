/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests, not nodes */
import { setTimeout as wait } from 'node:timers/promises';

import { busyMs } from '../../../engine/busyTime';
import { CONNECTION_TIMES as TIMES } from '../../../../nodes/FeishuApprovalTrigger/longConnection/times';
import { refusedConnection, SANDBOX_APP, SDK_APP, type Sandbox } from '../../../../sandbox/index';
import { until } from '../../../sandbox/until';
import {
	anEvent,
	contextFor,
	join,
	leaveAll,
	listener,
	startPlatform,
	withPlatform,
} from './connecting';

let sandbox: Sandbox;

withPlatform(
	(started) => (sandbox = started),
	() => ({ apps: [{ ...SANDBOX_APP }, { ...SDK_APP }] }),
);

const host = () => sandbox.events.longConnection;
const asked = () => sandbox.calls('openConnection').length;
const WRONG = { appSecret: 'made-up-and-not-the-one' };

describe('one connection', () => {
	it('is opened for all who join at the same time', async () => {
		const all = [listener(), listener(), listener()];
		await Promise.all(all.map(async (who) => await join(contextFor(sandbox), who)));
		sandbox.events.push(anEvent());
		await sandbox.events.settled();
		expect(all.map(({ events }) => events.length)).toEqual([1, 1, 1]);
		expect([host().opened, asked()]).toEqual([1, 1]);
	});

	it('is for one app of one platform', async () => {
		const other = await startPlatform();
		const { app_id: appId, app_secret: appSecret } = SDK_APP;
		await join(contextFor(sandbox));
		await join(contextFor(sandbox, { appId, appSecret }));
		await join(contextFor(other));
		expect([host().of(contextFor(sandbox).account.appId).length, host().of(appId).length]).toEqual([
			1, 1,
		]);
		expect(other.events.longConnection.opened).toBe(1);
		leaveAll();
		await other.close();
	});

	it('refuses all who shared an opening that failed, and leaves nothing behind', async () => {
		const fault = refusedConnection(403);
		sandbox.faults.add({ on: 'openConnection', fault, times: 1 });
		const joined = await Promise.allSettled([join(contextFor(sandbox)), join(contextFor(sandbox))]);
		expect(joined.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
		expect(asked()).toBe(1);
		const who = listener();
		await join(contextFor(sandbox), who);
		expect([host().opened, asked()]).toEqual([1, 2]);
		sandbox.events.push(anEvent());
		await sandbox.events.settled();
		expect(who.events).toHaveLength(1);
	});
});

describe('after the last has left', () => {
	it('is kept for a while, then closed for good', async () => {
		TIMES.keepMs = 1_000;
		const leave = await join(contextFor(sandbox));
		leave();
		leave();
		await wait(200);
		expect(host().connections.size).toBe(1);
		await until(() => host().connections.size === 0);
		await wait(150);
		expect([host().opened, asked()]).toEqual([1, 1]);
	});

	it('5 s by default', async () => {
		TIMES.keepMs = 5_000;
		const leave = await join(contextFor(sandbox));
		const start = performance.now();
		leave();
		await until(() => host().connections.size === 0);
		expect(performance.now() - start).toBeGreaterThan(4_900);
		expect(performance.now() - start).toBeLessThan(5_600 + busyMs());
	});

	it('is taken over by who joins in between, and by who leaves twice not left', async () => {
		TIMES.keepMs = 1_000;
		const leave = await join(contextFor(sandbox));
		leave();
		const who = listener();
		await join(contextFor(sandbox), who);
		leave();
		await wait(1_100);
		expect([host().connections.size, host().opened]).toEqual([1, 1]);
		sandbox.events.push(anEvent());
		await sandbox.events.settled();
		expect(who.events).toHaveLength(1);
	});

	it('is closed once, however often somebody leaves', async () => {
		TIMES.keepMs = 1_000;
		const leave = await join(contextFor(sandbox));
		leave();
		await wait(150);
		leave();
		await until(() => host().connections.size === 0);
		await join(contextFor(sandbox));
		await wait(1_100);
		await join(contextFor(sandbox));
		expect([host().connections.size, host().opened]).toEqual([1, 2]);
	});

	it('lets an event wait for a workflow that is published again', async () => {
		TIMES.keepMs = 1_000;
		const leave = await join(contextFor(sandbox));
		leave();
		const [delivery] = sandbox.events.push(anEvent());
		await wait(100);
		const who = listener();
		await join(contextFor(sandbox), who);
		await sandbox.events.settled();
		expect(who.events).toHaveLength(1);
		expect(delivery.retries).toBe(0);
	});

	it('takes no event for done that nobody waits for', async () => {
		Object.assign(TIMES, { keepMs: 1_000, adoptMs: 50 });
		const leave = await join(contextFor(sandbox));
		leave();
		const [delivery] = sandbox.events.push(anEvent());
		await until(() => delivery.attempts.length > 0);
		expect(delivery.attempts[0].status).toBe(500);
		const who = listener();
		await join(contextFor(sandbox), who);
		await sandbox.events.settled();
		expect(who.events).toHaveLength(1);
		expect(delivery.state).toBe('accepted');
	});

	it('gives nothing to who has left', async () => {
		const [stays, gone] = [listener(), listener()];
		await join(contextFor(sandbox), stays);
		const leave = await join(contextFor(sandbox), gone);
		leave();
		sandbox.events.push(anEvent());
		await sandbox.events.settled();
		expect([stays.events.length, gone.events.length]).toEqual([1, 0]);
	});
});

describe('who has another secret', () => {
	it('is refused if it is wrong, and sees nothing, whoever is connected', async () => {
		const [right, wrong] = [listener(), listener()];
		await join(contextFor(sandbox), right);
		await expect(join(contextFor(sandbox, WRONG), wrong)).rejects.toThrow('1000040345');
		sandbox.events.push(anEvent());
		await sandbox.events.settled();
		expect([right.events.length, wrong.events.length]).toEqual([1, 0]);
		expect(host().opened).toBe(1);
	});

	it('is refused alone if it came at the same time', async () => {
		const [wrong, right] = [listener(), listener()];
		const joined = await Promise.allSettled([
			join(contextFor(sandbox, WRONG), wrong),
			join(contextFor(sandbox), right),
		]);
		expect(joined.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
		sandbox.events.push(anEvent());
		await sandbox.events.settled();
		expect([wrong.events.length, right.events.length]).toEqual([0, 1]);
	});

	it('keeps the connection of others who do not know that the secret was changed', async () => {
		const [before, after] = [listener(), listener()];
		await join(contextFor(sandbox), before);
		const { appId } = contextFor(sandbox).account;
		const app = sandbox.apps.get(appId)!;
		app.app_secret = 'another-one-made-up';
		await join(contextFor(sandbox, { appSecret: app.app_secret }), after);
		await until(() => [...host().connections][0].pings > 0);
		host().disconnect();
		await until(() => host().opened === 2);
		sandbox.events.push(anEvent());
		await sandbox.events.settled();
		expect([before.events.length, after.events.length]).toEqual([0, 1]);
		expect(before.refusals).toEqual([expect.stringContaining('1000040345')]);
		expect(after.refusals).toEqual([]);
	});

	it('joins, and gets also what came before the platform had judged it', async () => {
		TIMES.firstPauseMs = 300;
		const [first, second] = [listener(), listener()];
		await join(contextFor(sandbox), first);
		const app = sandbox.apps.get(contextFor(sandbox).account.appId)!;
		app.app_secret = 'another-one-made-up';
		const fault = refusedConnection(1);
		sandbox.faults.add({ on: 'openConnection', fault, times: 1 });
		await join(contextFor(sandbox, { appSecret: app.app_secret }), second);
		const [delivery] = sandbox.events.push(anEvent());
		await until(() => delivery.attempts.length > 0);
		expect(delivery.attempts[0].status).toBe(500);
		expect([first.events.length, second.events.length]).toEqual([1, 0]);
		await until(() => asked() === 3);
		await wait(50);
		sandbox.events.retryNow();
		await sandbox.events.settled();
		expect(delivery.state).toBe('accepted');
		expect(second.events).toHaveLength(1);
	});
});

describe('a secret that is changed', () => {
	const NEW = 'another-one-made-up';
	/** One whose credential has the new secret as soon as somebody has entered it. */
	const changing = (isEntered: () => boolean) => {
		const context = contextFor(sandbox);
		const refresh = async () => {
			if (isEntered()) context.account.appSecret = NEW;
			await Promise.resolve();
		};
		return Object.assign(context, { refresh });
	};
	const change = () => (sandbox.apps.get(contextFor(sandbox).account.appId)!.app_secret = NEW);
	const reconnect = async () => {
		await until(() => [...host().connections][0].pings > 0);
		host().disconnect();
	};

	it('in the credential as well is used for the next connection', async () => {
		const who = listener();
		let isEntered = false;
		await join(
			changing(() => isEntered),
			who,
		);
		change();
		isEntered = true;
		await reconnect();
		await until(() => host().opened === 2);
		sandbox.events.push(anEvent());
		await sandbox.events.settled();
		expect([who.events.length, who.refusals.length]).toEqual([1, 0]);
	});

	it('in the credential later ends the refusal by itself, and says so in it', async () => {
		TIMES.refusedPauseMs = 200;
		const who = listener();
		let isEntered = false;
		await join(
			changing(() => isEntered),
			who,
		);
		change();
		await reconnect();
		await until(() => who.refusals.length > 0);
		expect(who.refusals[0]).toMatch(/App Secret.*connects by itself within ten minutes/);
		isEntered = true;
		await until(() => host().opened === 2);
		sandbox.events.push(anEvent());
		await sandbox.events.settled();
		expect([who.events.length, who.refusals.length]).toEqual([1, 1]);
	});

	it('in the credential reaches those who joined before, when another one joins', async () => {
		const [before, after] = [listener(), listener()];
		let isEntered = false;
		await join(
			changing(() => isEntered),
			before,
		);
		change();
		await reconnect();
		await until(() => before.refusals.length > 0);
		isEntered = true;
		await join(contextFor(sandbox, { appSecret: NEW }), after);
		sandbox.events.push(anEvent());
		await sandbox.events.settled();
		expect([before.events.length, after.events.length]).toEqual([1, 1]);
	});
});

it('is opened at once when one joins whom a platform that was busy admits', async () => {
	TIMES.firstPauseMs = 60_000;
	sandbox.faults.add({ on: 'openConnection', fault: refusedConnection(1), times: 1 });
	await join(contextFor(sandbox));
	expect(host().opened).toBe(0);
	await join(contextFor(sandbox));
	await until(() => host().opened === 1);
});

describe('a test alone', () => {
	const testing = (count: number | Error) =>
		Object.assign(contextFor(sandbox), {
			onlineCount: async () =>
				await (count instanceof Error ? Promise.reject(count) : wait(5, count)),
		});
	const pushed = async () => {
		const [delivery] = sandbox.events.push(anEvent());
		await until(() => delivery.attempts.length > 0);
		return delivery.attempts[0].status;
	};

	it('takes no event away from published workflows in another process', async () => {
		const who = listener();
		await join(testing(2), who);
		expect(await pushed()).toBe(500);
		expect(who.events.length).toBeGreaterThan(0);
	});

	it.each([['is alone', 1] as const, ['cannot tell', new Error('no')] as const])(
		'acknowledges it where it %s',
		async (_where, count) => {
			await join(testing(count));
			expect(await pushed()).toBe(200);
		},
	);

	it('acknowledges it where a published workflow shares its connection', async () => {
		await join(testing(2));
		await join(testing(2), { ...listener(), node: 'published' });
		expect(await pushed()).toBe(200);
	});
});

describe('other clients of the same app', () => {
	beforeEach(() => Object.assign(TIMES, { countAfterMs: 10, countAgainMs: 60 }));

	const counting = (...counts: Array<number | undefined | Error>) => {
		const context = contextFor(sandbox);
		const onlineCount = jest.fn(async () => {
			const count = counts.length > 1 ? counts.shift() : counts[0];
			if (count instanceof Error) throw count;
			return await Promise.resolve(count);
		});
		return Object.assign(context, { onlineCount });
	};

	it('are told of, once', async () => {
		TIMES.countEveryMs = 20;
		const context = counting(3);
		await join(context);
		await until(() => context.lines.length === 2);
		expect(context.lines[1]).toMatch(/^warn .*take part of its events.*End those/);
		await until(() => context.onlineCount.mock.calls.length > 4);
		expect(context.lines).toHaveLength(2);
	});

	it('are told of also if they come later, and once more if they come again', async () => {
		TIMES.countEveryMs = 20;
		const context = counting(1, 3, 3, 1, 3, 3, 1);
		await join(context);
		await until(() => context.onlineCount.mock.calls.length > 7);
		expect(context.lines.map((line) => line.slice(0, 4))).toEqual(['info', 'warn', 'warn']);
	});

	it.each([
		['there are none', [1]],
		['they are gone a moment later', [2, 1]],
		['nobody can tell', [undefined]],
		['the call fails', [new Error('no')]],
	])('are not told of if %s', async (_if, counts) => {
		const context = counting(...counts);
		await join(context);
		await until(() => context.onlineCount.mock.calls.length === counts.length);
		await wait(120);
		expect(context.lines).toHaveLength(1);
	});

	it('are not told of if all leave while they are counted', async () => {
		const context = counting(3);
		TIMES.keepMs = 0;
		const leave = await join(context);
		context.onlineCount.mockImplementation(async () => {
			if (context.onlineCount.mock.calls.length === 2) leave();
			return await wait(50, 3);
		});
		await until(() => context.onlineCount.mock.calls.length === 2);
		await wait(150);
		expect(context.lines).toHaveLength(1);
	});

	it('are not asked for when all have left', async () => {
		const context = counting(3);
		TIMES.keepMs = 0;
		const leave = await join(context);
		leave();
		await wait(150);
		expect(context.lines).toHaveLength(1);
	});
});
