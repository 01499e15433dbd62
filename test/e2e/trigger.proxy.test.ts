import { openCompany, type Company } from './company';
import { CURRENT } from './install';
import { saysSecret } from './secrets';
import { openTriggerWorld, pushTo, runsIn, triggered, until, type TriggerWorld } from './trigger';

const PLATFORM = 'platform.company.test';
const CONNECTIONS = 'connections.company.test';
const WAY = 'longConnection';

describe(`the long connection of n8n ${CURRENT.version} where hosts are reached over a proxy alone`, () => {
	let company: Company;
	let world: TriggerWorld;

	beforeAll(async () => {
		company = await openCompany({
			[PLATFORM]: () => world.sandbox.port,
			[CONNECTIONS]: () => world.sandbox.events.longConnection.port,
		});
	}, 300_000);

	afterEach(async () => {
		await world?.close();
		company.connects.length = 0;
	});

	afterAll(async () => await company?.close());

	const publishWith = async (settings: Record<string, string>) => {
		const environment = { HTTPS_PROXY: company.proxy, NODE_EXTRA_CA_CERTS: company.authority };
		const workflows = [triggered(WAY, { connection: WAY })];
		world = await openTriggerWorld(CURRENT, 'proxy', workflows, { ...environment, ...settings });
		const { longConnection } = world.sandbox.events;
		longConnection.origin = `wss://${CONNECTIONS}`;
		Object.assign(longConnection.config, { ReconnectNonce: 0, ReconnectInterval: 1 });
		await world.credential({ baseUrl: `https://${PLATFORM}` });
		await world.start();
		return await world.publish(WAY);
	};

	it('is encrypted and goes through it, if Node.js is told to use it', async () => {
		expect(await publishWith({ NODE_USE_ENV_PROXY: '1' })).toMatchObject({ status: 'published' });
		const { sandbox, n8n } = world;
		await until('it is connected', () => sandbox.events.longConnection.connections.size === 1);
		expect(company.connects).toContain(`${PLATFORM}:443`);
		expect(company.connects).toContain(`${CONNECTIONS}:443`);
		const [delivery] = pushTo(sandbox, 'BY-PROXY', { to: WAY });
		await sandbox.events.settled();
		expect(delivery.state).toBe('accepted');
		const [run] = await until('it ran', async () => {
			const runs = await runsIn(n8n, WAY);
			return runs.some(({ status }) => status === 'success') && runs;
		});
		expect(run).toMatchObject({ eventId: delivery.id, instanceCode: 'BY-PROXY' });
	}, 600_000);

	it('says what to set where Node.js is not told so', async () => {
		expect(await publishWith({})).toMatchObject({ status: 'published' });
		const { n8n } = world;
		const [failed] = await until(
			'a failed run',
			async () => {
				const runs = await runsIn(n8n, WAY);
				return runs.some(({ status }) => status === 'error') && runs;
			},
			120_000,
		);
		expect(company.connects).toContain(`${PLATFORM}:443`);
		expect(company.connects).not.toContain(`${CONNECTIONS}:443`);
		expect(failed.text).toMatch(/could not be opened there.*NODE_USE_ENV_PROXY=1/);
		expect(failed.text).toMatch(/NODE_EXTRA_CA_CERTS/);
		const words = failed.text + n8n.log;
		expect(saysSecret(words)).toBe(false);
		expect(words).not.toMatch(/ticket=/);
	}, 600_000);
});
