import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import type * as Account from '../../../feishu/account';
import type * as Authorization from '../../../feishu/token/authorize';
import type * as Destination from '../../../feishu/token/destination';
import { startHarness } from '../../engine/harness';
import { SAMPLE_INSTANCE } from '../../../sandbox';

const { authorize } = jest.requireActual<typeof Authorization>(
	'../../../dist/feishu/token/authorize',
);
const { refusalFor } = jest.requireActual<typeof Destination>(
	'../../../dist/feishu/token/destination',
);
const { baseUrlOf, originsOf } = jest.requireActual<typeof Account>('../../../dist/feishu/account');

type Sent = Partial<Omit<IHttpRequestOptions, 'url'>> & { url?: unknown; uri?: unknown };

/** A credential as n8n keeps it once a token was got, and where it was got. */
let kept: ICredentialDataDecryptedObject;
let gotAt: string;
beforeAll(async () => {
	const harness = await startHarness();
	await harness.get({ instanceCode: SAMPLE_INSTANCE.instance_code });
	kept = harness.engine.credential();
	gotAt = harness.sandbox.url;
	await harness.close();
});

/** The same for another platform. */
function credentialOf(platform: string, baseUrl = ''): ICredentialDataDecryptedObject {
	const account = { ...kept, platform, baseUrl };
	const accessOwner = String(kept.accessOwner).replace(gotAt, baseUrlOf(account));
	return { ...account, accessOwner };
}

function authorized(credential: ICredentialDataDecryptedObject, request: Sent): Sent {
	return authorize(credential, request as IHttpRequestOptions);
}

function expectSent(credential: ICredentialDataDecryptedObject, request: Sent): Sent {
	const sent = authorized(credential, request);
	expect(sent.headers).toEqual({ Authorization: `Bearer ${String(kept.tenantAccessToken)}` });
	return sent;
}

/** Nothing is put into the request, and the text says what it is to say and never the token. */
function expectRefused(credential: ICredentialDataDecryptedObject, request: Sent, says: string) {
	const before = { ...request };
	let thrown: unknown;
	try {
		authorized(credential, request);
	} catch (error) {
		thrown = error;
	}
	expect(thrown).toBeInstanceOf(Error);
	const { message, ...rest } = thrown as Error;
	expect(message).toContain(says);
	expect(message).not.toContain(kept.tenantAccessToken);
	expect(message).not.toMatch(/\b(error|problem|failure|mistake)/i);
	// n8n takes what has a response with HTTP 401 for a token that it has to replace.
	expect(rest).toEqual({});
	expect(request).toEqual(before);
}

const NOT_AN_ADDRESS = 'Nothing was sent: the URL is not a complete web address.';
const SIGNED_IN = 'Nothing was sent: the URL holds a user name or a password.';
const notTo = (origin: string) => `Nothing was sent to ${origin}: the Feishu App API credential`;

describe.each([
	['Feishu', 'feishu', 'open.feishu.cn', 'www.feishu.cn', 'https://open.larksuite.com'],
	['Lark', 'lark', 'open.larksuite.com', 'www.larksuite.com', 'https://open.feishu.cn'],
])('the token for %s', (_name, platform, open, www, other) => {
	const credential = () => credentialOf(platform);

	it.each<[string, string]>([
		['the address of the API', `https://${open}/open-apis/x`],
		['the host alone', `https://${open}`],
		['the address of the file upload', `https://${www}/approval/openapi/v2/file/upload`],
		['capitals', `HTTPS://${open.toUpperCase()}/x`],
		['the port that goes without saying', `https://${open}:443/x`],
		['a query that names another host', `https://${open}/x?to=https://evil.com/`],
		['a tab that the HTTP client takes out', `https://open.\t${open.slice(5)}/x`],
		['backslashes that the HTTP client takes for slashes', `https:\\\\${open}\\x`],
		['an at sign in the path', `https://${open}/@evil.com`],
	])('goes to its own hosts: %s', (_what, address) => {
		expect(expectSent(credential(), { url: address })).not.toHaveProperty('baseURL');
		expectSent(credential(), { uri: address });
		expectSent(credential(), { uri: new URL(address) });
	});

	it.each<[string, string, string]>([
		['any other', 'https://evil.com/open-apis/x', 'https://evil.com'],
		['the other cloud', `${other}/open-apis/x`, other],
		['its own as a subdomain', `https://${open}.evil.com/`, `https://${open}.evil.com`],
		['its own after a hyphen', `https://evil-${open}/`, `https://evil-${open}`],
		['below its own', `https://evil.${open}/`, `https://evil.${open}`],
		['above its own', `https://${open.slice(5)}/`, `https://${open.slice(5)}`],
		['its own as a user name', `https://${open}@evil.com/`, 'https://evil.com'],
		['its own as a user name with port', `https://${open}:443@evil.com/`, 'https://evil.com'],
		['its own before a backslash', `https://evil.com\\@${open}/`, 'https://evil.com'],
		['its own before a hash', `https://evil.com#@${open}/`, 'https://evil.com'],
		['another port', `https://${open}:8443/x`, `https://${open}:8443`],
		['a dot at the end', `https://${open}./x`, `https://${open}.`],
		['without encryption', `http://${open}/x`, `http://${open}`],
		['without encryption at its port', `http://${open}:443/x`, `http://${open}:443`],
		['a tab inside', `https://${open}\t.evil.com/`, `https://${open}.evil.com`],
		['a line break inside', `https://${open}\n.evil.com/`, `https://${open}.evil.com`],
		['another dot', `https://${open}。evil.com/`, `https://${open}.evil.com`],
		[
			'a letter that looks alike',
			`https://${open.replace('o', 'о')}/`,
			`https://xn--pen-red${open.slice(4)}`,
		],
		['IPv4', 'https://127.0.0.1/x', 'https://127.0.0.1'],
		['a number', 'https://2130706433/x', 'https://127.0.0.1'],
		['IPv6', 'https://[::1]:3900/x', 'https://[::1]:3900'],
		['no protocol', '//evil.com/x', 'https://evil.com'],
		['no protocol, backslashes', '/\\evil.com/x', 'https://evil.com'],
		['no protocol, a tab between', '/\t/evil.com/x', 'https://evil.com'],
		['one slash', 'https:/evil.com/x', 'https://evil.com'],
		['no slash', 'https:evil.com/x', 'https://evil.com'],
		['spaces before', ' \nhttps://evil.com/x', 'https://evil.com'],
	])('goes to no other host: %s', (_what, address, origin) => {
		expectRefused(credential(), { url: address }, notTo(origin));
		expectRefused(credential(), { uri: address }, notTo(origin));
	});

	it.each<[string, string]>([
		['nothing', ''],
		['a path without a slash', 'open-apis/x'],
		['a host alone', open],
		['spaces in the host', `https://${open} .evil.com/`],
		['no host', 'https://'],
		['another protocol', `ftp://${open}/x`],
		['an address inside another protocol', `blob:https://${open}/x`],
		['a script', `javascript://${open}/%0aalert(1)`],
	])('goes nowhere where the address is none: %s', (_what, address) => {
		expectRefused(credential(), { url: address }, NOT_AN_ADDRESS);
		expectRefused(credential(), { uri: address }, NOT_AN_ADDRESS);
	});

	it('goes nowhere where there is no address at all', () => {
		expectRefused(credential(), {}, NOT_AN_ADDRESS);
	});

	it.each([`https://x:y@${open}/x`, `https://x@${open}/x`, `https://:y@${open}/x`])(
		'is not sent beside another name: %s',
		(address) => {
			expectRefused(credential(), { url: address }, SIGNED_IN);
		},
	);

	it('goes to its own host with a path alone', () => {
		expect(expectSent(credential(), { url: '/open-apis/x' }).baseURL).toBe(`https://${open}`);
		expect(expectSent(credential(), { uri: '/open-apis/x' }).baseURL).toBe(`https://${open}`);
		const empty = expectSent(credential(), { url: '/open-apis/x', baseURL: '' });
		expect(empty.baseURL).toBe(`https://${open}`);
	});

	it('goes to its own host with the base that the request has', () => {
		const request = { url: '/approval/openapi/v2/file/upload', baseURL: `https://${www}` };
		expect(expectSent(credential(), request).baseURL).toBe(`https://${www}`);
		expectSent(credential(), { baseURL: `https://${www}/approval` });
	});

	it.each<[string, string, string]>([
		['a path', '/open-apis/x', 'https://evil.com'],
		['a path without a slash', 'open-apis/x', 'https://evil.com'],
		['nothing', '', 'https://evil.com'],
		['an own address', `https://${open}/x`, 'https://evil.com'],
		['what would end the host', '/.evil.com', `https://${open}.evil.com`],
	])('does not follow the base of another host: %s', (_what, url, baseURL) => {
		expectRefused(credential(), { url, baseURL }, notTo(baseURL));
	});

	it('does not follow an address that leaves its base, or a base that is none', () => {
		const baseURL = `https://${open}`;
		expectRefused(credential(), { url: '//evil.com/x', baseURL }, notTo('https://evil.com'));
		expectRefused(credential(), { url: 'http:evil.com', baseURL }, notTo('http://evil.com'));
		expectRefused(credential(), { url: '/evil.com/x', baseURL: 'https:/' }, NOT_AN_ADDRESS);
	});

	it('goes nowhere where one of two addresses is of another host', () => {
		const [own, others] = [`https://${open}/x`, 'https://evil.com/x'];
		expectRefused(credential(), { url: own, uri: others }, notTo('https://evil.com'));
		expectRefused(credential(), { url: others, uri: own }, notTo('https://evil.com'));
		expectSent(credential(), { url: own, uri: own });
	});

	it('is kept to its own hosts on the way, too', () => {
		const sent = expectSent(credential(), {
			url: `https://${open}/x`,
			allowedDomains: '',
			sendCredentialsOnCrossOriginRedirect: true,
		});
		expect(sent.allowedDomains).toBe(`${open}, ${www}`);
		expect(sent.sendCredentialsOnCrossOriginRedirect).toBe(false);
	});

	it('is kept to fewer hosts where n8n was told so', () => {
		const request = { url: `https://${open}/x`, allowedDomains: open };
		expect(expectSent(credential(), request).allowedDomains).toBe(open);
	});

	it('a refusal says what to do', () => {
		expectRefused(
			credential(),
			{ url: 'https://evil.com/?secret=1' },
			`Nothing was sent to https://evil.com: the Feishu App API credential works with https://${open} and https://${www} only. Change the URL, check Platform or Base URL in the credential, or choose another credential for this address.`,
		);
		expectRefused(
			credential(),
			{ url: 'evil' },
			`${NOT_AN_ADDRESS} Begin it with https://${open}/.`,
		);
		expectRefused(
			credential(),
			{ url: `https://x@${open}/` },
			`${SIGNED_IN} Remove what stands between "//" and "@"; the Feishu App API credential signs in by itself.`,
		);
	});
});

describe.each([
	['http://gateway.example.com:8080/feishu', 'http://gateway.example.com:8080'],
	['HTTPS://Gateway.Example.com:443/open-apis/', 'https://gateway.example.com'],
	['http://[::1]:3900', 'http://[::1]:3900'],
	['http://127.1:80', 'http://127.0.0.1'],
])('the token for the custom platform %s', (baseUrl, origin) => {
	const credential = () => credentialOf('custom', baseUrl);

	it('goes to the origin of Base URL alone', () => {
		expect(originsOf(credential())).toEqual([origin]);
		expectSent(credential(), { uri: `${origin}/open-apis/x` });
		expect(expectSent(credential(), { url: '/open-apis/x' }).baseURL).toBe(baseUrlOf(credential()));
	});

	it('goes to no other protocol, port or host', () => {
		const { protocol, hostname } = new URL(origin);
		const others = [
			origin.replace(protocol, protocol === 'https:' ? 'http:' : 'https:'),
			`${protocol}//${hostname}:9999`,
			`${protocol}//evil.com`,
			'https://open.feishu.cn',
		];
		for (const other of others) expectRefused(credential(), { uri: `${other}/x` }, notTo(other));
	});
});

it('a refusal is remembered until the same credential serves another request', () => {
	const credential = credentialOf('feishu');
	expect(refusalFor(credential)).toBeUndefined();
	expectRefused(credential, { url: 'https://evil.com/' }, notTo('https://evil.com'));
	expect(refusalFor(credential)?.message).toContain(notTo('https://evil.com'));
	expect(refusalFor(credentialOf('feishu'))).toBeUndefined();
	expectSent(credential, { url: 'https://open.feishu.cn/' });
	expect(refusalFor(credential)).toBeUndefined();
});

it('a credential without Base URL sends nothing', () => {
	const credential = { ...kept, platform: 'custom', baseUrl: '' };
	expectRefused(credential, { url: 'https://evil.com/' }, 'Base URL of the Feishu App API');
});
