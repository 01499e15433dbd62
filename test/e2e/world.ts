/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { credentialFor } from '../engine/harness';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox';
import { executionOf, type Execution } from './execution';
import { installN8n, type Release } from './install';
import { Instance } from './instance';
import { feishuCredential } from './workflows';

/** A real n8n with the packed package, and a sandbox that its credential points to. */
export interface World {
	n8n: Instance;
	sandbox: Sandbox;
	/** Stores the credential anew, with these fields changed. */
	credential(changes?: ICredentialDataDecryptedObject): Promise<void>;
	/** Runs a workflow from the command line. */
	execute(id: string): Promise<Execution>;
	close(): Promise<void>;
}

/** Installs what is missing and prepares an n8n of this release. */
export async function openWorld(
	release: Release,
	name: string,
	settings: Record<string, string> = {},
	platform: SandboxOptions = {},
): Promise<World> {
	const installed = await installN8n(release, (line) => process.stderr.write(`${line}\n`));
	const n8n = await Instance.prepare(installed, name, { settings });
	const sandbox = await startSandbox(platform);
	const credential = async (changes: ICredentialDataDecryptedObject = {}) =>
		await n8n.importCredentials(feishuCredential({ ...credentialFor(sandbox), ...changes }));
	return {
		n8n,
		sandbox,
		credential,
		execute: async (id) => {
			const { execution, succeeded, output } = await n8n.execute(id);
			// An execution that n8n could not even begin is told by its words alone.
			if (execution.data === undefined) throw new Error(`n8n printed:\n${output.slice(-3000)}`);
			return executionOf(execution.data, succeeded);
		},
		close: async () => {
			await n8n.stop();
			await sandbox.close();
		},
	};
}
