import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';

import {
	SANDBOX_APP,
	startSandbox,
	type AppFixture,
	type Sandbox,
	type SandboxOptions,
} from '../../sandbox';
import { Engine, type Outcome, type Step } from './engine';

/** n8n's engine with a credential for the app of a sandbox of its own. */
export interface Harness {
	engine: Engine;
	sandbox: Sandbox;
	/** Runs Get Instance for each input item; the node is called "Get". */
	get(parameters: INodeParameters, input?: IDataObject[], step?: Partial<Step>): Promise<Outcome>;
	/** Runs CC Instance for each input item; the node is called "CC". */
	cc(parameters: INodeParameters, input?: IDataObject[], step?: Partial<Step>): Promise<Outcome>;
	close(): Promise<void>;
}

/** The credential as a builder fills it in for a sandbox, with no token yet. */
export function credentialFor(
	sandbox: Sandbox,
	{ app_id, app_secret }: AppFixture = SANDBOX_APP,
): ICredentialDataDecryptedObject {
	return {
		platform: 'custom',
		baseUrl: sandbox.url,
		appId: app_id,
		appSecret: app_secret,
		tenantAccessToken: '',
		accessExpiresAt: 0,
		accessOwner: '',
	};
}

/** Starts a sandbox and loads the built package into n8n's engine. */
export async function startHarness(options: SandboxOptions = {}): Promise<Harness> {
	const sandbox = await startSandbox(options);
	const engine = await Engine.load();
	engine.setCredential(credentialFor(sandbox));
	return {
		engine,
		sandbox,
		get: async (parameters, input, step) =>
			await engine.run(
				[{ name: 'Get', parameters: { operation: 'get', ...parameters }, ...step }],
				input,
			),
		cc: async (parameters, input, step) =>
			await engine.run(
				[{ name: 'CC', parameters: { operation: 'cc', ...parameters }, ...step }],
				input,
			),
		close: async () => await sandbox.close(),
	};
}
