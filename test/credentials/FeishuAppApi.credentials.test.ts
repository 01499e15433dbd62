import { injectDomainRestrictionFields } from 'n8n-workflow';

import type * as Credential from '../../credentials/FeishuAppApi.credentials';
import type * as Codes from '../../feishu/codes/codes';

const DIST = '../../dist';
const { FeishuAppApi } = jest.requireActual<typeof Credential>(
	`${DIST}/credentials/FeishuAppApi.credentials`,
);
const { CODES } = jest.requireActual<typeof Codes>(`${DIST}/feishu/codes/codes`);

const { test: tested, properties, ...type } = new FeishuAppApi();

it('the type is known by its public names', () => {
	expect({ ...type }).toEqual({
		name: 'feishuAppApi',
		displayName: 'Feishu App API',
		documentationUrl:
			'https://github.com/feishu-approval/n8n-nodes-feishu-approval#create-the-app-in-feishu',
		icon: { light: 'file:../icons/feishu.svg', dark: 'file:../icons/feishu.dark.svg' },
	});
});

it('the fields are the public ones, in the order in which they are filled in', () => {
	expect(properties).toEqual([
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
		{
			displayName: 'Encrypt Key',
			name: 'encryptKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Only for Feishu Approval Trigger with Webhook. In the developer console, under Events & Callbacks, Encryption Strategy.',
		},
		{
			displayName: 'Verification Token',
			name: 'verificationToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Only for Feishu Approval Trigger with Webhook. In the developer console, under Events & Callbacks, Encryption Strategy.',
		},
		{
			displayName: 'Tenant Access Token',
			name: 'tenantAccessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: 'none',
		},
		{ displayName: 'Access Expires At', name: 'accessExpiresAt', type: 'hidden', default: 0 },
		{ displayName: 'Access Owner', name: 'accessOwner', type: 'hidden', default: '' },
		{
			displayName: 'Allowed HTTP Request Domains',
			name: 'allowedHttpRequestDomains',
			type: 'hidden',
			default: 'all',
		},
		{ displayName: 'Allowed Domains', name: 'allowedDomains', type: 'hidden', default: '' },
	]);
});

it('n8n adds no field about domains, which would say that all are allowed', () => {
	const names = injectDomainRestrictionFields(new FeishuAppApi()).map(({ name }) => name);
	expect(names).toEqual(properties.map(({ name }) => name));
	const shown = properties.filter(({ type: kind }) => kind !== 'hidden').map(({ name }) => name);
	expect(shown).toEqual([
		'platform',
		'baseUrl',
		'appId',
		'appSecret',
		'encryptKey',
		'verificationToken',
	]);
});

describe('the test of the credential', () => {
	const { rules = [] } = tested;
	const messages = (code: unknown) =>
		rules
			.map(({ properties: rule }) => rule as { key: string; value: unknown; message: string })
			.filter(({ key, value }) => key === 'code' && value === code)
			.map(({ message }) => message);

	it('asks for an approval that cannot exist, and follows nobody elsewhere', () => {
		expect(tested.request).toEqual({
			url: '/open-apis/approval/v4/instances/00000000-0000-0000-0000-000000000000',
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		});
		expect(new Set(rules.map(({ type: kind }) => kind))).toEqual(new Set(['responseSuccessBody']));
	});

	it('passes for three codes, which prove secret, host and scope', () => {
		for (const code of [1390003, 4003, 60003]) {
			expect([...messages(code), ...messages(String(code))]).toEqual([]);
		}
	});

	it.each([undefined, null, false, true, ''])('does not pass for the code %p', (code) => {
		expect(messages(code)).toEqual([
			"The answer is not one of Feishu's. Check Platform or Base URL.",
		]);
	});

	it.each([0, '0'])('does not pass for the code %p, since nothing was to be found', (code) => {
		expect(messages(code)).toEqual([
			'An approval was found that cannot exist: this is not Feishu. Check Platform or Base URL.',
		]);
	});

	it('has the sentence of every other code, as a number and as text, without markup', () => {
		const others = Object.keys(CODES).filter(
			(code) => !['1390003', '4003', '60003'].includes(code),
		);
		for (const code of others) {
			const [message, ...more] = messages(Number(code));
			expect(more).toEqual([]);
			expect(messages(code)).toEqual([message]);
			expect(message).toMatch(
				new RegExp(`^${CODES[Number(code)].message}\\. .*\\(Feishu code ${code}\\)$`),
			);
			expect(message).not.toMatch(/[<>]/);
		}
		expect(rules).toHaveLength(2 * others.length + 7);
	});

	it('names the scopes that this node needs', () => {
		for (const code of [99991672, 99991676, 99991679]) {
			expect(messages(code)).toEqual([
				`${CODES[code].message}. Add approval:approval, approval:approval:readonly or approval:instance in the Feishu developer console (Permissions & Scopes), then publish a new version of the app and have it approved. (Feishu code ${code})`,
			]);
		}
		expect(messages(10015)[0]).toContain(CODES[10015].hint);
		// Links are for pages: here the words stay.
		expect(messages(1390009)[0]).toContain('In the Feishu approval admin console, open this');
	});
});
