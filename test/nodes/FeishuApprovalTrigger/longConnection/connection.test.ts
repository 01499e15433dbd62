import type { Sandbox } from '../../../../sandbox/index';
import { until } from '../../../sandbox/until';
import {
	anEvent,
	contextFor,
	join,
	leaveAll,
	listener,
	provideWebSocket,
	startPlatform,
} from './connecting';

let sandbox: Sandbox;

beforeAll(provideWebSocket);
beforeEach(async () => {
	sandbox = await startPlatform();
});
afterEach(async () => {
	leaveAll();
	await sandbox.close();
});

it('gives an event to a listener and acknowledges it', async () => {
	const who = listener();
	await join(contextFor(sandbox), who);
	const [delivery] = sandbox.events.push(anEvent());
	await sandbox.events.settled();
	expect(delivery).toMatchObject({ state: 'accepted', way: 'longConnection', retries: 0 });
	expect(delivery.attempts[0]).toMatchObject({ answer: '{"code":200}', problem: undefined });
	expect(who.events).toEqual([delivery.envelope]);
	const [connection] = sandbox.events.longConnection.connections;
	expect(connection).toMatchObject({ complaints: [], late: [] });
	await until(() => connection.pings === 1);
});

it('gives each event to all listeners over one connection', async () => {
	const [one, two] = [listener(), listener()];
	await Promise.all([join(contextFor(sandbox), one), join(contextFor(sandbox), two)]);
	const [delivery] = sandbox.events.push(anEvent());
	await sandbox.events.settled();
	expect([one.events, two.events]).toEqual([[delivery.envelope], [delivery.envelope]]);
	expect(sandbox.events.longConnection.opened).toBe(1);
	expect(sandbox.calls('openConnection')).toHaveLength(1);
});

it('comes again when the platform ends the connection', async () => {
	const who = listener();
	const context = contextFor(sandbox);
	await join(context, who);
	sandbox.events.longConnection.disconnect();
	await until(() => sandbox.events.longConnection.opened === 2);
	const [delivery] = sandbox.events.push(anEvent());
	await sandbox.events.settled();
	expect(who.events).toEqual([delivery.envelope]);
	expect(context.lines).toHaveLength(3);
});
