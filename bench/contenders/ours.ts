import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';

import { Engine, type Outcome } from '../../test/engine/engine';
import { appOf } from '../platform';
import type { Contender, Copy, Done } from './contender';

export const IN_ENGINE = "this package, n8n's engine";

/** The parameters of Get Instance for items that carry a code. */
export const GET = { operation: 'get', instanceCode: '={{ $json.code }}' };

/** The parameters of CC Instance for items that are copies to make. */
export const CC = {
	operation: 'cc',
	approvalCode: '={{ $json.approvalCode }}',
	instanceCode: '={{ $json.instanceCode }}',
	userId: '={{ $json.userId }}',
	ccUserIds: '={{ $json.ccUserIds }}',
};

/** How many items do not say that the instance of their code was read or copied, or are too many. */
export function wrong(items: IDataObject[], codes: string[]): number {
	const missing = codes.filter((code, index) => {
		const { error, instance_code: own } = items[index] ?? {};
		return error !== undefined || own !== code;
	});
	return missing.length + Math.max(0, items.length - codes.length);
}

/** A credential for an app of the platform, with no token yet. */
export function credentialOf(name: string, baseUrl: string): ICredentialDataDecryptedObject {
	const { app_id: appId, app_secret: appSecret } = appOf(name);
	return {
		platform: 'custom',
		baseUrl,
		appId,
		appSecret,
		tenantAccessToken: '',
		accessExpiresAt: 0,
		accessOwner: '',
	};
}

/** This package in n8n's own engine. */
export class Ours implements Contender {
	private constructor(
		private readonly engine: Engine,
		readonly name: string,
	) {}

	static async load(baseUrl: string, name = IN_ENGINE): Promise<Ours> {
		const engine = await Engine.load();
		engine.setCredential(credentialOf(name, baseUrl));
		return new Ours(engine, name);
	}

	/** `listener` is told when the node begins: its items are there, and none of their fields is read. */
	onBegin(listener: () => void): void {
		const type = this.engine.nodeType();
		const { execute } = type;
		type.execute = async function (...of) {
			listener();
			return await execute!.call(this, ...of);
		};
	}

	/** Changes the stored credential. */
	credential(changes: ICredentialDataDecryptedObject): void {
		this.engine.setCredential(changes);
	}

	/** The stored credential, hidden fields included. */
	stored(): ICredentialDataDecryptedObject {
		return this.engine.credential();
	}

	async get(codes: string[], options: IDataObject = {}): Promise<Done & { outcome: Outcome }> {
		const input = codes.map((code) => ({ code }));
		return await this.run({ ...GET, options } as INodeParameters, input, codes);
	}

	async cc(copies: Copy[], options: IDataObject = {}): Promise<Done & { outcome: Outcome }> {
		const input = copies.map((copy) => ({ ...copy }));
		const codes = copies.map(({ instanceCode }) => instanceCode);
		return await this.run({ ...CC, options } as INodeParameters, input, codes);
	}

	/** Get Many of a definition, with all that is found. */
	async getMany(parameters: INodeParameters): Promise<{ ms: number; outcome: Outcome }> {
		const own = { resource: 'instance', operation: 'getAll', returnAll: true };
		const begun = performance.now();
		const outcome = await this.engine.run([
			{ name: 'Feishu', parameters: { ...own, ...parameters } },
		]);
		if (outcome.error !== undefined) throw outcome.error;
		return { ms: performance.now() - begun, outcome };
	}

	/** Download of the files of an instance. */
	async download(instanceCode: string, options: INodeParameters = {}): Promise<Outcome> {
		const own = { resource: 'file', operation: 'download', instanceCode, options };
		const outcome = await this.engine.run([{ name: 'Feishu', parameters: own }]);
		if (outcome.error !== undefined) throw outcome.error;
		return outcome;
	}

	private async run(parameters: INodeParameters, input: IDataObject[], codes: string[]) {
		const begun = performance.now();
		const outcome = await this.engine.run(
			[{ name: 'Feishu', parameters, onError: 'continueRegularOutput' }],
			input,
		);
		const ms = performance.now() - begun;
		return { ms, failed: wrong(outcome.json('Feishu'), codes), outcome };
	}
}
