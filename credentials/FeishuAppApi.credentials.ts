import type {
	IAuthenticateRuleResponseSuccessBody,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { CODES } from '../nodes/FeishuApproval/transport/codes';
import { appOf, baseUrlOf, textOf } from './platform';
import { ownerOf, tenantAccess, usableToken } from './tenantAccess';

/** An instance code that cannot exist: being told so proves secret, host and scope. */
const NOWHERE = '00000000-0000-0000-0000-000000000000';
const INSTANCE_NOT_FOUND = 1390003;

const matches = (value: unknown, message: string): IAuthenticateRuleResponseSuccessBody => ({
	type: 'responseSuccessBody',
	properties: { key: 'code', value, message },
});

/** App id and secret of a Feishu or Lark app, exchanged for a tenant access token. */
export class FeishuAppApi implements ICredentialType {
	name = 'feishuAppApi';

	displayName = 'Feishu App API';

	documentationUrl =
		'https://github.com/feishu-approval/n8n-nodes-feishu-approval#create-the-app-in-feishu';

	icon: Icon = { light: 'file:../icons/feishu.svg', dark: 'file:../icons/feishu.dark.svg' };

	properties: INodeProperties[] = [
		{
			displayName: 'Platform',
			name: 'platform',
			type: 'options',
			options: [
				{ name: 'Custom', value: 'custom', description: 'A private deployment or a gateway' },
				{ name: 'Feishu', value: 'feishu', description: 'China, open.feishu.cn' },
				{ name: 'Lark', value: 'lark', description: 'International, open.larksuite.com' },
			],
			default: 'feishu',
			description: 'The cloud on which the app was created',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://open.feishu.example.com',
			description: 'Address of the platform, without a path',
			displayOptions: { show: { platform: ['custom'] } },
		},
		{
			displayName: 'App ID',
			name: 'appId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. cli_a1b2c3d4e5f6',
			description: 'In the developer console, under Credentials & Basic Info',
		},
		{
			displayName: 'App Secret',
			name: 'appSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'In the developer console, under Credentials & Basic Info',
		},
		{
			displayName: 'Tenant Access Token',
			name: 'tenantAccessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		{
			displayName: 'Access Expires At',
			name: 'accessExpiresAt',
			type: 'hidden',
			default: 0,
		},
		{
			displayName: 'Access Owner',
			name: 'accessOwner',
			type: 'hidden',
			default: '',
		},
	];

	/**
	 * Gets a token; n8n stores what this returns with the credential, so all workers share it.
	 *
	 * @throws an Error with a text for the builder
	 */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		const app = appOf(credentials);
		return { ...(await tenantAccess(this, baseUrlOf(credentials), app.id, app.secret)) };
	}

	/**
	 * Puts the token, and the platform's address where the URL is a mere path, into a request.
	 *
	 * @throws what n8n takes for an HTTP 401 when there is no usable token: n8n then gets and
	 * stores a new one and comes back, before anything was sent to Feishu
	 */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const baseUrl = baseUrlOf(credentials);
		const token = usableToken(credentials, ownerOf(baseUrl, textOf(credentials, 'appId')));
		if (token === undefined) {
			throw Object.assign(new Error('There is no usable access token'), {
				response: { status: 401 },
			});
		}
		// The caller's own object is filled in: the transport reads from it which token was sent.
		requestOptions.headers = { ...requestOptions.headers, Authorization: `Bearer ${token}` };
		if (requestOptions.url?.startsWith('/')) requestOptions.baseURL = baseUrl;
		return requestOptions;
	}

	test: ICredentialTestRequest = {
		request: {
			url: `/open-apis/approval/v4/instances/${NOWHERE}`,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		},
		// In n8n a rule that matches means that the test did not pass.
		rules: [
			matches(undefined, "The answer is not one of Feishu's. Check Platform or Base URL."),
			...Object.entries(CODES)
				.filter(([code]) => Number(code) !== INSTANCE_NOT_FOUND)
				.map(([code, { what, cure }]) =>
					matches(Number(code), `${what}. ${cure.replace(/<[^>]*>/g, '')} (Feishu code ${code})`),
				),
		],
	};
}
