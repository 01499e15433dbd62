import type { Outcome, Step } from '../engine/engine';
import { CREDENTIAL_ID } from '../engine/engine';
import { setClock } from '../engine/machineClock';
import { credentialFor, openStage, type Stage } from '../engine/stage';
import {
	SAMPLE_INSTANCE,
	SANDBOX_APP,
	startSandbox,
	type Fault,
	type Sandbox,
} from '../../sandbox';

const PATH = `/open-apis/approval/v4/instances/${SAMPLE_INSTANCE.instance_code}`;

let stage: Stage;
let elsewhere: Sandbox;
beforeEach(async () => {
	stage = await openStage();
	elsewhere = await startSandbox();
});
afterEach(async () => {
	jest.restoreAllMocks();
	await elsewhere.close();
	await stage.close();
});

/** As the editor stores it when a builder fills it in: fields that were never set are not there. */
function storeAnew(): void {
	const { platform, baseUrl, appId, appSecret } = credentialFor(stage.sandbox);
	stage.engine.credentials.rows.set(CREDENTIAL_ID, { platform, baseUrl, appId, appSecret });
}

const { stringify } = JSON;
const token = () => String(stage.engine.credential().tenantAccessToken);

function expectNoSecretIn({ error, run }: Outcome): void {
	const said = `${stringify(error)} ${error?.message} ${error?.stack} ${stringify(run)}`;
	if (stage.engine.credential().tenantAccessToken !== undefined) {
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
		return await stage.engine.run([step]);
	};
	const refusal = () =>
		`Nothing was sent to ${elsewhere.url}: the Feishu App API credential works with ${stage.sandbox.url} only. Change the URL, check Platform or Base URL in the credential, or choose another credential for this address.`;

	describe('to another host', () => {
		it.each<[string, () => Promise<void> | void]>([
			['before there was a token', storeAnew],
			[
				'with a token',
				async () => {
					expect((await call(stage.sandbox.url + PATH)).error).toBeUndefined();
				},
			],
			[
				'with a token whose time is over',
				async () => {
					await call(stage.sandbox.url + PATH);
					setClock(7_200_000);
				},
			],
		])('sends nothing, and exchanges nothing: %s', async (_when, prepare) => {
			await prepare();
			const before = stage.sandbox.journal.length;
			const outcome = await call(elsewhere.url + PATH);
			expect(outcome.error?.message).toBe(refusal());
			expect(outcome.json('Node')).toEqual([]);
			expect(elsewhere.journal).toEqual([]);
			expect(stage.sandbox.journal).toHaveLength(before);
			expectNoSecretIn(outcome);
		});

		it('is refused although n8n was told to send credentials on', async () => {
			await call(stage.sandbox.url + PATH);
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
			stage.sandbox.faults.add({ on: 'get', times, fault });
		};

		it.each([301, 302, 303, 307, 308])(
			'to another server takes no token along (HTTP %i)',
			async (status) => {
				lead(elsewhere.url + PATH, status);
				const outcome = await call(stage.sandbox.url + PATH);
				expect(elsewhere.journal.map(({ token: seen }) => seen)).not.toContain(token());
				expect(stringify(elsewhere.journal)).not.toContain(token());
				expect(stage.sandbox.calls('get').length).toBeGreaterThan(0);
				expect(outcome.json('Node')).not.toMatchObject([{ code: 0 }]);
			},
		);

		it.each([
			['another name', 'localhost'],
			['a name below its own', 'evil.127.0.0.1.example.com'],
		])('to %s goes no further', async (_what, host) => {
			const to = `http://${host}:${elsewhere.port}`;
			lead(to + PATH);
			const outcome = await call(stage.sandbox.url + PATH);
			expect(outcome.error?.message).toMatch(
				/Domain not allowed: .*following domains are allowed: 127\.0\.0\.1$/,
			);
			expect(elsewhere.journal).toEqual([]);
			expectNoSecretIn(outcome);
		});

		it('to a name below its own goes no further: the HTTP client would take the token along', async () => {
			const { port } = stage.sandbox;
			stage.engine.setCredential({ baseUrl: `http://localhost:${port}` });
			lead(`http://evil.localhost:${port}${PATH}`);
			const { error } = await call(`http://localhost:${port}${PATH}`);
			expect(error?.message).toMatch(/Domain not allowed: .* evil\.localhost/);
		});

		it('within its own host arrives with the token', async () => {
			lead(stage.sandbox.url + PATH, 302, 1);
			const { error, json } = await call(stage.sandbox.url + PATH);
			expect(error).toBeUndefined();
			expect(json('Node')).toMatchObject([{ code: 0 }]);
			const calls = stage.sandbox.calls('get');
			expect(calls.map(({ token: seen }) => seen)).toEqual([token(), token()]);
		});

		it('by a path alone arrives, too', async () => {
			lead(PATH, 307, 1);
			expect((await call(stage.sandbox.url + PATH)).json('Node')).toMatchObject([{ code: 0 }]);
		});
	});

	it('gets a token, stores it and shares it though none was ever stored', async () => {
		storeAnew();
		expect((await call(stage.sandbox.url + PATH)).json('Node')).toMatchObject([{ code: 0 }]);
		expect((await call(stage.sandbox.url + PATH)).json('Node')).toMatchObject([{ code: 0 }]);
		expect(stage.sandbox.calls('exchange')).toHaveLength(1);
		expect(stage.sandbox.calls('get')).toHaveLength(2);
	});
});

it("this package's own node gets a token though none was ever stored", async () => {
	storeAnew();
	const { error } = await stage.get({ instanceCode: SAMPLE_INSTANCE.instance_code });
	expect(error).toBeUndefined();
	expect(stage.sandbox.journal.map(({ endpoint }) => endpoint)).toEqual(['exchange', 'get']);
});
