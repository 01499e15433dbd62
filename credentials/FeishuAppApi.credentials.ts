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

import { SCOPE_MISSING } from '../feishu/codes/groups';
import { CODES } from '../feishu/codes/codes';
import { authorize, NOWHERE } from '../feishu/token/authorize';
import { tenantAccess } from '../feishu/token/cache';
import { refusalFor } from '../feishu/token/destination';

/** The answer about an instance that cannot exist, which proves secret, host and scope: in Approval's own numbering and in the two older ones (API sheet 2.8). */
const NOT_FOUND = [1390003, 4003, 60003];

/** A rule of a test is a fixed text: it can't name what this app lacks, but what this node needs. */
const GRANT_TO_TEST =
	'Add approval:approval, approval:approval:readonly or approval:instance in the Feishu developer console (Permissions & Scopes), then publish a new version of the app and have it approved.';

const matches = (value: unknown, message: string): IAuthenticateRuleResponseSuccessBody => ({
	type: 'responseSuccessBody',
	properties: { key: 'code', value, message },
});

const ABOUT_KEYS =
	'Only for Feishu Approval Trigger with Webhook. In the developer console, under Events & Callbacks, Encryption Strategy.';

/** What the platform signs, encrypts and names itself with when it pushes events (API sheet 6.5, 6.6). */
const PUSH_KEYS: INodeProperties[] = [
	{
		displayName: 'Encrypt Key',
		name: 'encryptKey',
		type: 'string',
		// n8n's rules do not count this name as a secret's; it is one.
		typeOptions: { password: true },
		default: '',
		description: ABOUT_KEYS,
	},
	{
		displayName: 'Verification Token',
		name: 'verificationToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: ABOUT_KEYS,
	},
];

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
				{ name: 'Feishu', value: 'feishu', description: 'China, open.feishu.cn' },
				{ name: 'Lark', value: 'lark', description: 'International, open.larksuite.com' },
				{ name: 'Custom', value: 'custom', description: 'A private deployment or a gateway' },
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
		...PUSH_KEYS,
		{
			displayName: 'Tenant Access Token',
			name: 'tenantAccessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			// Not empty: n8n would exchange App ID and App Secret before it looks at the request.
			default: 'none',
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
		{
			// n8n shows fields of these two names unless there are any; they say that all are allowed.
			displayName: 'Allowed HTTP Request Domains',
			name: 'allowedHttpRequestDomains',
			type: 'hidden',
			default: 'all',
		},
		{
			displayName: 'Allowed Domains',
			name: 'allowedDomains',
			type: 'hidden',
			default: '',
		},
	];

	/**
	 * Gets a token; n8n stores what this returns with the credential, so all workers share it.
	 *
	 * @throws an Error with a text for the builder, also if the request was refused that the token
	 * would be for
	 */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		const refusal = refusalFor(credentials);
		if (refusal !== undefined) throw refusal;
		return { ...(await tenantAccess(this, credentials)) };
	}

	/** Puts the token into a request; throws as `authorize` does. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return authorize(credentials, requestOptions);
	}

	test: ICredentialTestRequest = {
		request: {
			url: `/open-apis/approval/v4/instances/${NOWHERE}`,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		},
		// In n8n a rule that matches means that the test did not pass.
		rules: [
			...[undefined, null, false, true, ''].map((value) =>
				matches(value, "The answer is not one of Feishu's. Check Platform or Base URL."),
			),
			...[0, '0'].map((value) =>
				matches(
					value,
					'An approval was found that cannot exist: this is not Feishu. Check Platform or Base URL.',
				),
			),
			...Object.entries(CODES)
				.map(([code, { message: what, hint }]) => ({ code: Number(code), what, hint }))
				.filter(({ code }) => !NOT_FOUND.includes(code))
				.flatMap(({ code, what, hint }) => {
					const todo = SCOPE_MISSING.has(code) ? GRANT_TO_TEST : hint.replace(/<[^>]*>/g, '');
					const message = `${what}. ${todo} (Feishu code ${code})`;
					return [matches(code, message), matches(String(code), message)];
				}),
		],
	};
}
