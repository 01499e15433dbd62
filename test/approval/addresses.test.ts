import { addressAmongIds, readAddress } from '../../approval/addresses';

describe('what a person can be looked up with', () => {
	it.each([
		['a@x.com', 'email', 'a@x.com'],
		['A.B@X.com', 'email', 'a.b@x.com'],
		['+8613800000000', 'mobile', '+8613800000000'],
		['+86 138-0000 0000', 'mobile', '+8613800000000'],
		['+49 (151) 123.456', 'mobile', '+49151123456'],
		['13800000000', 'mobile', '13800000000'],
	])('%s', (text, kind, value) => {
		expect(readAddress(text)).toEqual({ kind, value });
	});

	it.each([
		'ou_1',
		'winston',
		'@winston',
		'winston@',
		'a@b',
		'a b@x.com',
		'1234',
		'+',
		'++49151',
		'',
	])('is not %j', (text) => {
		expect(readAddress(text)).toBeUndefined();
	});

	it('is a number only with "+" where IDs may stand, which may consist of digits', () => {
		expect(addressAmongIds('13800000000')).toBeUndefined();
		expect(addressAmongIds('+8613800000000')).toEqual({ kind: 'mobile', value: '+8613800000000' });
		expect(addressAmongIds('a@x.com')).toEqual({ kind: 'email', value: 'a@x.com' });
	});
});
