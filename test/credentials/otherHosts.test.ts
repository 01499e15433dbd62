import type { Outcome, Step } from '../engine/engine';
import { CREDENTIAL_ID } from '../engine/engine';
import { setClock } from '../engine/machineClock';
import { credentialFor, startHarness, type Harness } from '../engine/harness';
import {
	SAMPLE_INSTANCE,
	SANDBOX_APP,
	startSandbox,
	type Fault,
	type Sandbox,
} from '../../sandbox';

const PATH = `/open-apis/approval/v4/instances/${SAMPLE_INSTANCE.instance_code}`;

let harness: Harness;
let elsewhere: Sandbox;
beforeEach(async () => {
	harness = await startHarness();
	elsewhere = await startSandbox();
});
afterEach(async () => {
	jest.restoreAllMocks();
	await elsewhere.close();
	await harness.close();
});

/** As the editor stores it when a builder fills it in: fields that were never set are not there. */
function storeAnew(): void {
	const { platform, baseUrl, appId, appSecret } = credentialFor(harness.sandbox);
	harness.engine.credentials.rows.set(CREDENTIAL_ID, { platform, baseUrl, appId, appSecret });
}

const { stringify } = JSON;
const token = () => String(harness.engine.credential().tenantAccessToken);

function expectNoSecretIn({ error, run }: Outcome): void {
	const said = `${stringify(error)} ${error?.message} ${error?.stack} ${stringify(run)}`;
	if (harness.engine.credential().tenantAccessToken !== undefined) {
		expect(said).not.toContain(token());
	}
	expect(said).not.toContain(SANDBOX_APP.app_secret);
}

describe.each([
	['the HTTP Request node', false],
	['a node that calls as nodes do today', true],
])('%s', (_name, newer) => {
	const call = async (url: string, options = {}): Promise<Outcome> => {
		const parameters = { url, newer, options };
		const step: Step = { name: 'Node', type: 'legacyRequest', parameters };
		return await harness.engine.run([step]);
	};
	const refusal = () =>
		`Nothing was sent to ${elsewhere.url}: the Feishu App API credential works with ${harness.sandbox.url} only. Change the URL, check Platform or Base URL in the credential, or choose another credential for this address.`;

	describe('to another host', () => {
		it.each<[string, () => Promise<void> | void]>([
			['before there was a token', storeAnew],
			[
				'with a token',
				async () => {
					expect((await call(harness.sandbox.url + PATH)).error).toBeUndefined();
				},
			],
			[
				'with a token whose time is over',
				async () => {
					await call(harness.sandbox.url + PATH);
					setClock(7_200_000);
				},
			],
		])('sends nothing, and exchanges nothing: %s', async (_when, prepare) => {
			await prepare();
			const before = harness.sandbox.journal.length;
			const outcome = await call(elsewhere.url + PATH);
			expect(outcome.error?.message).toBe(refusal());
			expect(outcome.json('Node')).toEqual([]);
			expect(elsewhere.journal).toEqual([]);
			expect(harness.sandbox.journal).toHaveLength(before);
			expectNoSecretIn(outcome);
		});

		it('is refused although n8n was told to send credentials on', async () => {
			await call(harness.sandbox.url + PATH);
			const outcome = await call(elsewhere.url + PATH, {
				sendCredentialsOnCrossOriginRedirect: true,
				allowedDomains: '',
			});
			expect(outcome.error?.message).toBe(refusal());
			expect(elsewhere.journal).toEqual([]);
		});
	});

	describe('that is led on', () => {
		const lead = (location: string, status = 302, times = 2) => {
			const fault: Fault = { kind: 'answer', status, body: {}, headers: { location } };
			harness.sandbox.faults.add({ on: 'get', times, fault });
		};

		it.each([301, 302, 303, 307, 308])(
			'to another server takes no token along (HTTP %i)',
			async (status) => {
				lead(elsewhere.url + PATH, status);
				const outcome = await call(harness.sandbox.url + PATH);
				expect(elsewhere.journal.map(({ token: seen }) => seen)).not.toContain(token());
				expect(stringify(elsewhere.journal)).not.toContain(token());
				expect(harness.sandbox.calls('get').length).toBeGreaterThan(0);
				expect(outcome.json('Node')).not.toMatchObject([{ code: 0 }]);
			},
		);

		it.each([
			['another name', 'localhost'],
			['a name below its own', 'evil.127.0.0.1.example.com'],
		])('to %s goes no further', async (_what, host) => {
			const to = `http://${host}:${elsewhere.port}`;
			lead(to + PATH);
			const outcome = await call(harness.sandbox.url + PATH);
			expect(outcome.error?.message).toMatch(
				/Domain not allowed: .*following domains are allowed: 127\.0\.0\.1$/,
			);
			expect(elsewhere.journal).toEqual([]);
			expectNoSecretIn(outcome);
		});

		it('to a name below its own goes no further: the HTTP client would take the token along', async () => {
			const { port } = harness.sandbox;
			harness.engine.setCredential({ baseUrl: `http://localhost:${port}` });
			lead(`http://evil.localhost:${port}${PATH}`);
			const { error } = await call(`http://localhost:${port}${PATH}`);
			expect(error?.message).toMatch(/Domain not allowed: .* evil\.localhost/);
		});

		it('within its own host arrives with the token', async () => {
			lead(harness.sandbox.url + PATH, 302, 1);
			const { error, json } = await call(harness.sandbox.url + PATH);
			expect(error).toBeUndefined();
			expect(json('Node')).toMatchObject([{ code: 0 }]);
			const calls = harness.sandbox.calls('get');
			expect(calls.map(({ token: seen }) => seen)).toEqual([token(), token()]);
		});

		it('by a path alone arrives, too', async () => {
			lead(PATH, 307, 1);
			expect((await call(harness.sandbox.url + PATH)).json('Node')).toMatchObject([{ code: 0 }]);
		});
	});

	it('gets a token, stores it and shares it though none was ever stored', async () => {
		storeAnew();
		expect((await call(harness.sandbox.url + PATH)).json('Node')).toMatchObject([{ code: 0 }]);
		expect((await call(harness.sandbox.url + PATH)).json('Node')).toMatchObject([{ code: 0 }]);
		expect(harness.sandbox.calls('exchange')).toHaveLength(1);
		expect(harness.sandbox.calls('get')).toHaveLength(2);
	});
});

it("this package's own node gets a token though none was ever stored", async () => {
	storeAnew();
	const { error } = await harness.get({ instanceCode: SAMPLE_INSTANCE.instance_code });
	expect(error).toBeUndefined();
	expect(harness.sandbox.journal.map(({ endpoint }) => endpoint)).toEqual(['exchange', 'get']);
});
