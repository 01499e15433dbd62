import {
	ICredentialsHelper,
	NodeHelpers,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialType,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeParameters,
	type INodeProperties,
	type IRequestOptionsSimplified,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

/**
 * n8n's credential store and the rules by which n8n uses it: what is saved survives from run to
 * run; fields that are not declared, or not shown, are dropped when it is read; `preAuthentication`
 * runs when the expirable field is exactly empty, when n8n was told that it expired, or in a test;
 * what it returns is merged into the stored data if the expirable field is among it.
 */
export class CredentialStore extends ICredentialsHelper {
	readonly rows = new Map<string, ICredentialDataDecryptedObject>();
	/** How often new data was saved. */
	saves = 0;

	constructor(private readonly typeOf: (name: string) => ICredentialType) {
		super();
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions | IRequestOptionsSimplified,
	): Promise<IHttpRequestOptions> {
		const options = requestOptions as IHttpRequestOptions;
		const { authenticate } = this.typeOf(typeName);
		if (typeof authenticate !== 'function') throw new Error('This type has no authenticate');
		return await authenticate(credentials, options);
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const type = this.typeOf(typeName);
		const expirable = type.properties.find(
			(property) => property.type === 'hidden' && property.typeOptions?.expirable === true,
		);
		if (expirable === undefined || type.preAuthentication === undefined) return undefined;

		const testing = node.parameters.temp === '' && node.type === 'n8n-nodes-base.noOp';
		if (credentials[expirable.name] !== '' && !credentialsExpired && !testing) return undefined;

		const output = await type.preAuthentication.call(helpers, credentials);
		const details = node.credentials?.[typeName];
		if (output[expirable.name] === undefined || details === undefined) return undefined;
		const stored = this.rows.get(String(details.id)) ?? {};
		await this.updateCredentials(details, typeName, {
			...stored,
			...(output as ICredentialDataDecryptedObject),
		});
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('Nothing but n8n itself reads credentials this way');
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		details: INodeCredentialsDetails,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject> {
		const stored = this.rows.get(String(details.id));
		if (stored === undefined) throw new Error(`There is no credential ${String(details.id)}`);
		return NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(typeName),
			structuredClone(stored) as INodeParameters,
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
	}

	async updateCredentials(
		details: INodeCredentialsDetails,
		_typeName: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.rows.set(String(details.id), structuredClone(data));
		this.saves++;
	}

	async updateCredentialsOauthTokenData(): Promise<void> {
		throw new Error('This is no OAuth credential');
	}

	getCredentialsProperties(typeName: string): INodeProperties[] {
		return this.typeOf(typeName).properties;
	}
}
