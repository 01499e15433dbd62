import type * as Platform from '../../feishu/account';

const { appOf, baseUrlOf, originsOf } = jest.requireActual<typeof Platform>(
	'../../dist/feishu/account',
);

// n8n hands over what is stored: fields that were never touched are not there.
describe('a credential without any field', () => {
	it('is for Feishu', () => {
		expect(baseUrlOf({})).toBe('https://open.feishu.cn');
		expect(originsOf({})).toEqual(['https://open.feishu.cn', 'https://www.feishu.cn']);
	});

	it('is refused for its App ID', () => {
		expect(() => appOf({})).toThrow(/^App ID of the Feishu App API credential is empty\./);
	});

	it('is refused for its Base URL where one is needed', () => {
		expect(() => baseUrlOf({ platform: 'custom' })).toThrow(/^Base URL .* is empty\./);
	});
});

describe('the origins of a platform', () => {
	it.each<[string, string, string[]]>([
		['feishu', '', ['https://open.feishu.cn', 'https://www.feishu.cn']],
		['feishu', 'https://left.over', ['https://open.feishu.cn', 'https://www.feishu.cn']],
		['lark', '', ['https://open.larksuite.com', 'https://www.larksuite.com']],
		['custom', 'https://open.example.com', ['https://open.example.com']],
		['custom', ' HTTP://Open.Example.com:80/gateway/open-apis/ ', ['http://open.example.com']],
		['custom', 'https://open.example.com:8443/gateway', ['https://open.example.com:8443']],
	])('%s %j', (platform, baseUrl, origins) => {
		expect(originsOf({ platform, baseUrl })).toEqual(origins);
		expect(origins).toContain(new URL(baseUrlOf({ platform, baseUrl })).origin);
	});

	it('are asked for by name where a Base URL is needed', () => {
		expect(() => originsOf({ platform: 'custom' })).toThrow(/^Base URL .* is empty\./);
	});
});
