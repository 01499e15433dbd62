import type * as Platform from '../../feishu/account';

const { appOf, baseUrlOf } = jest.requireActual<typeof Platform>('../../dist/feishu/account');

// n8n hands over what is stored: fields that were never touched are not there.
describe('a credential without any field', () => {
	it('is for Feishu', () => {
		expect(baseUrlOf({})).toBe('https://open.feishu.cn');
	});

	it('is refused for its App ID', () => {
		expect(() => appOf({})).toThrow(/^App ID of the Feishu App API credential is empty\./);
	});

	it('is refused for its Base URL where one is needed', () => {
		expect(() => baseUrlOf({ platform: 'custom' })).toThrow(/^Base URL .* is empty\./);
	});
});
