/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { setTimeout as wait } from 'node:timers/promises';

import { credentialFor } from '../engine/harness';
import { gatewayPage, SANDBOX_APP, type AppFixture } from '../../sandbox';
import { CURRENT } from './install';
import { placesOf, saysSecret } from './secrets';
import {
	APPROVAL_CODE,
	KEYS,
	openTriggerWorld,
	pushTo,
	runsIn,
	triggered,
	until,
	webhookUrl,
	type TriggerWorld,
} from './trigger';
import { feishuCredential } from './workflows';

const UNKNOWN = '00000000-0000-0000-0000-00000000DEAD';
const WAYS = ['longConnection', 'webhook'] as const;
/** What is not to happen is waited for so long (ms); n8n's own tries are over by then. */
const NOTHING_MS = 15_000;
/** How long the platform cannot be used (ms). */
const OUTAGE_MS = 7_000;

/** A workflow with a credential of its own. */
interface Case {
	id: string;
	connection: (typeof WAYS)[number];
	credential?: ICredentialDataDecryptedObject;
	app?: Partial<AppFixture>;
	approvalCodes?: string;
	/** What the editor says. */
	says: RegExp[];
}

const CASES: Case[] = [
	{
		id: 'secretLong',
		connection: 'longConnection',
		credential: { appSecret: 'made-up-0-wrong' },
		says: [/App Secret/, /1000040345/, /credential/],
	},
	{
		id: 'secretWebhook',
		connection: 'webhook',
		credential: { appSecret: 'made-up-0-wrong' },
		says: [/App Secret is wrong/, /Copy the App Secret again/, /10015|10014/],
	},
	...WAYS.map((connection) => ({
		id: `unknown${connection}`,
		connection,
		approvalCodes: `${APPROVAL_CODE}, ${UNKNOWN}`,
		says: [new RegExp(UNKNOWN), /approval code was not found/, /1390002/, /[Cc]opy|address/],
	})),
	{
		id: 'noKeys',
		connection: 'webhook',
		credential: { encryptKey: '', verificationToken: '' },
		says: [
			/neither an Encrypt Key nor a Verification Token/,
			/Encryption Strategy/,
			/Accept Unver/,
		],
	},
	...WAYS.map((connection) => ({
		id: `scope${connection}`,
		connection,
		app: { scopes: [] },
		says: [/lacks a permission/, /99991672/, /approval:approval/],
	})),
	{
		id: 'cloud',
		connection: 'longConnection',
		app: { ofOtherCloud: true },
		says: [/other cloud/, /1000040351/, /Platform/],
	},
];

describe(`what does not let the trigger begin in n8n ${CURRENT.version}`, () => {
	let world: TriggerWorld;

	beforeAll(async () => {
		const refused = CASES.map(({ id, connection, approvalCodes = APPROVAL_CODE }) => {
			const file = triggered(id, { connection, approvalCodes });
			Object.assign(file.nodes[0], { credentials: { feishuAppApi: { id, name: id } } });
			return file;
		});
		const temporary = WAYS.map((connection) => triggered(connection, { connection }));
		world = await openTriggerWorld(CURRENT, 'refused', [...refused, ...temporary]);
		const { n8n, sandbox } = world;
		const credentials = CASES.map(({ id, app, credential = {} }, index) => {
			const app_id = `cli_sandbox000010${index}`;
			const fixture = app && sandbox.addApp({ ...SANDBOX_APP, app_id, ...app });
			const data = { ...credentialFor(sandbox, fixture), ...KEYS, ...credential };
			return { ...feishuCredential(data), id, name: id };
		});
		await n8n.importCredentials(...credentials);
		sandbox.events.longConnection.config.ReconnectNonce = 0;
		sandbox.events.longConnection.config.ReconnectInterval = 1;
		await world.start();
	}, 1_200_000);

	afterAll(async () => await world?.close());

	it('is told in the editor in full, with code and cure: what time does not cure', async () => {
		const states = await Promise.all(CASES.map(async ({ id }) => await world.publish(id)));
		const seen = states.map(({ status, triggers: [{ errorMessage }] }, index) => {
			const text = String(errorMessage);
			return [CASES[index].id, status, CASES[index].says.filter((part) => !part.test(text))];
		});
		expect(seen).toEqual(CASES.map(({ id }) => [id, 'failed', []]));
		const { connections } = world.sandbox.events.longConnection;
		// It is kept for some seconds after the last one has left it.
		await until('no connection is open', () => connections.size === 0);
		expect(saysSecret(JSON.stringify(states))).toBe(false);
		expect(await runsIn(world.n8n)).toEqual([]);
	});

	it('keeps no other code from being subscribed', () => {
		expect([...world.sandbox.subscriptions]).toEqual([`${SANDBOX_APP.app_id} ${APPROVAL_CODE}`]);
	});

	it.each(WAYS)('heals by itself after an outage, with a word in the log (%s)', async (way) => {
		const { sandbox, n8n } = world;
		sandbox.subscriptions.clear();
		const over = Date.now() + OUTAGE_MS;
		sandbox.faults.add({
			on: () => Date.now() < over,
			times: Infinity,
			fault: gatewayPage(503),
		});
		expect(await world.publish(way)).toMatchObject({
			status: 'published',
			triggers: [{ status: 'activated', errorMessage: null }],
		});
		if (way === 'longConnection')
			expect(await placesOf(world, /other connection|by itself/)).toBe(1);
		if (way === 'webhook') sandbox.events.setRequestUrl(webhookUrl(n8n, way), KEYS);
		await until('the app is subscribed', () => sandbox.subscriptions.size > 0, 60_000);
		if (way === 'longConnection')
			await until('it is connected', () => sandbox.events.longConnection.connections.size === 1);
		const [delivery] = pushTo(sandbox, 'AFTER-AN-OUTAGE', { to: way });
		await sandbox.events.settled();
		expect(delivery).toMatchObject({ state: 'accepted', retries: 0 });
		await until('it ran', async () => {
			const runs = await runsIn(n8n, way);
			return runs.filter(({ eventId }) => eventId === delivery.id).length === 1;
		});
		sandbox.faults.clear();
	});

	it('is told as a failed run, once, when it comes later; published again, it heals', async () => {
		const { sandbox, n8n } = world;
		const { longConnection } = sandbox.events;
		const app = sandbox.apps.get(SANDBOX_APP.app_id)!;
		const failures = async () =>
			(await runsIn(n8n, 'longConnection')).filter(({ status }) => status === 'error');
		app.enabled = false;
		longConnection.disconnect();
		await until('a failed run', async () => (await failures()).length > 0);
		await wait(NOTHING_MS);
		const failed = await failures();
		expect(failed).toHaveLength(1);
		expect(failed[0].text).toMatch(/does not let this app use the long connection/);
		expect(failed[0].text).toMatch(/is enabled, has a published version.*code 403/);
		app.enabled = true;
		expect(await world.publishAnew('longConnection')).toMatchObject({ status: 'published' });
		await until('it is open again', () => longConnection.connections.size === 1);
		const [delivery] = pushTo(sandbox, 'AFTER-A-REFUSAL', { to: 'longConnection' });
		await sandbox.events.settled();
		expect(delivery).toMatchObject({ state: 'accepted', retries: 0 });
	});
});
