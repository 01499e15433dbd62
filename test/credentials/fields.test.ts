import { startHarness, type Harness } from '../engine/harness';
import { SAMPLE_INSTANCE, SANDBOX_APP } from '../../sandbox';

const CODE = SAMPLE_INSTANCE.instance_code;

let harness: Harness;
beforeEach(async () => {
	harness = await startHarness();
});
afterEach(async () => await harness.close());

const get = async () => await harness.get({ instanceCode: CODE });
const paths = () => harness.sandbox.journal.map(({ path }) => path);

describe('Base URL', () => {
	it.each([
		['as it is', (url: string) => url],
		['with its protocol in capitals', (url: string) => url.replace('http', 'HTTP')],
		['with marks that nobody sees', (url: string) => `\u200b${url}\ufeff`],
		['with spaces around', (url: string) => `  ${url}\n`],
		['with a slash', (url: string) => `${url}/`],
		['with slashes', (url: string) => `${url}///`],
		['with /open-apis', (url: string) => `${url}/open-apis`],
		['with /open-apis/', (url: string) => `${url}/open-apis/`],
		['with all of these', (url: string) => ` ${url}/open-apis// `],
	])('works %s', async (_name, entered) => {
		harness.engine.setCredential({ baseUrl: entered(harness.sandbox.url) });
		expect((await get()).error).toBeUndefined();
		expect(paths()).toEqual([
			'/open-apis/auth/v3/tenant_access_token/internal',
			`/open-apis/approval/v4/instances/${CODE}`,
		]);
	});

	it('keeps the path of a gateway', async () => {
		harness.engine.setCredential({ baseUrl: `${harness.sandbox.url}/gateway/feishu/` });
		await get();
		expect(paths()[0]).toBe('/gateway/feishu/open-apis/auth/v3/tenant_access_token/internal');
	});

	it.each([
		['with a name and a password', 'http://me:secret@127.0.0.1:3900'],
		['without a protocol', '127.0.0.1:3900'],
		['of another protocol', 'ftp://127.0.0.1'],
		['with something before it', 'xhttp://127.0.0.1:3900'],
		['a script', 'javascript:alert(1)'],
		['with spaces inside', 'http://127.0.0.1 :3900'],
		['with a query', 'http://127.0.0.1:3900/?to='],
		['with a fragment', 'http://127.0.0.1:3900/#'],
		['a protocol alone', 'https://'],
	])('%s is refused by name, and nothing is sent', async (_name, baseUrl) => {
		harness.engine.setCredential({ baseUrl });
		const { error } = await get();
		expect(error?.message).toMatch(
			/^Base URL of the Feishu App API credential is not a web address\./,
		);
		expect(harness.sandbox.journal).toEqual([]);
	});

	it.each(['', ' \t', '\u200b'])('%j is refused as empty, and nothing is sent', async (baseUrl) => {
		harness.engine.setCredential({ baseUrl });
		expect((await get()).error?.message).toMatch(
			/^Base URL of the Feishu App API credential is empty\./,
		);
		expect(harness.sandbox.journal).toEqual([]);
	});

	it('may be http for a custom platform', async () => {
		expect(harness.sandbox.url).toMatch(/^http:/);
		expect((await get()).error).toBeUndefined();
	});

	it.each([
		['feishu', 'https://open.feishu.cn'],
		['lark', 'https://open.larksuite.com'],
	])('left over from before does not count for %s', async (platform, baseUrl) => {
		await get();
		harness.engine.setCredential({ platform });
		const { authenticate } = harness.engine['loader'].getCredential('feishuAppApi').type;
		if (typeof authenticate !== 'function') throw new Error('authenticate is a function');
		const ofTheSandbox = harness.engine.credential();
		await expect(authenticate(ofTheSandbox, { url: '/open-apis/x' })).rejects.toMatchObject({
			response: { status: 401 },
		});
		const accessOwner = String(ofTheSandbox.accessOwner).replace(harness.sandbox.url, baseUrl);
		const ofTheCloud = { ...ofTheSandbox, accessOwner };
		expect(await authenticate(ofTheCloud, { url: '/open-apis/x' })).toMatchObject({
			baseURL: baseUrl,
			url: '/open-apis/x',
			headers: { Authorization: `Bearer ${String(ofTheSandbox.tenantAccessToken)}` },
		});
	});
});

describe.each([
	['App ID', 'appId'],
	['App Secret', 'appSecret'],
])('%s', (name, field) => {
	it.each([
		['empty', ''],
		['only spaces', ' \n'],
	])('%s is refused by name, and nothing is sent', async (_name, value) => {
		harness.engine.setCredential({ [field]: value });
		const { error } = await get();
		expect(error?.message).toMatch(
			new RegExp(`^${name} of the Feishu App API credential is empty\\. Copy it from`),
		);
		expect(harness.sandbox.journal).toEqual([]);
	});

	it('works with the spaces that pasting leaves', async () => {
		harness.engine.setCredential({ [field]: ` ${String(harness.engine.credential()[field])}\n` });
		expect((await get()).error).toBeUndefined();
		expect(harness.sandbox.calls('exchange')[0].body).toEqual({
			app_id: SANDBOX_APP.app_id,
			app_secret: SANDBOX_APP.app_secret,
		});
	});
});
