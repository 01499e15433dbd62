import { logIdOf } from '../../feishu/logId';

/** A token as Feishu gives it out. */
const MIXED = 't-g104xbQRmade7UP0TokenZWVYhjkmNPQ0099aBcD';
/** As the local platform and some gateways make them: hex digits like those of a log ID. */
const OF_HEX = 't-cefb6711f8619bf3ec4b83c7ff51216422ce16d0';

const hex = (text: string) => Buffer.from(text).toString('hex');

it.each([
	['of Feishu', '20261126080000C0A8012B4D6E8F90123D'],
	['of Feishu, digits alone', '20261126080000010004052030810000'],
	['in the form that newer services have', '02178123456789000000000000000000000ffffac12abcd9f8e7'],
	['of a gateway, a UUID', '3f2504e0-4f89-11d3-9a0c-0305e82c3301'],
	['of a gateway, capitals', '3F2504E0-4F89-11D3-9A0C-0305E82C3301'],
	['of a trace', '4bf92f3577b34da6a3ce929d0e0e4736'],
])('a log ID is taken as it is: %s', (_what, logId) => {
	expect(logIdOf([logId], MIXED)).toBe(logId);
	expect(logIdOf([logId], '')).toBe(logId);
});

it.each<[string, unknown]>([
	['nothing', undefined],
	['null', null],
	['a number', 20261126080000],
	['a list', ['20261126080000C0A8012B4D6E8F90123D']],
	['an empty text', ''],
	['seven digits', '2026112'],
	['a word', 'abcdefgh'],
	['two log IDs', '20261126080000C0A8012B4D6E8F90123D, 20261126080000C0A8012B4D6E8F90123E'],
	['markup', '<b>20261126080000</b>'],
	['a line break after it', '20261126080000C0A8012B4D6E8F90123D\n'],
	['lines', '20261126080000\n20261126164511'],
	['over-long', '20261126'.repeat(9)],
	['a megabyte', '2'.repeat(1_000_000)],
	['spaces around', ' 20261126080000C0A8012B4D6E8F90123D '],
])('what is no log ID is not taken for one: %s', (_what, candidate) => {
	expect(logIdOf([candidate], MIXED)).toBeUndefined();
});

describe.each([
	['a token', MIXED],
	['a token of hex digits', OF_HEX],
	['an App Secret', 'made0UP1secretOF2thirty3two4sign'],
	['an App Secret of hex digits', '9f86d081884c7d659a2feaa0c55ad015'],
	['an App Secret in capitals', '9F86D081884C7D659A2FEAA0C55AD015'],
	['an App Secret that is a UUID', '3f2504e0-4f89-11d3-9a0c-0305e82c3301'],
	['a long App Secret', 'made-up-secret-of-the-sandbox-'.repeat(5)],
])('%s that a gateway says back is not taken for a log ID', (_what, secret) => {
	it.each<[string, string]>([
		['as it is', secret],
		['as it was sent', `Bearer ${secret}`],
		['without its first letters', secret.slice(2)],
		['its beginning', secret.slice(0, 16)],
		['its end', secret.slice(-16)],
		['in capitals', secret.toUpperCase()],
		['in small letters', secret.toLowerCase()],
		['without hyphens', secret.replaceAll('-', '')],
		['like a UUID', secret.replaceAll('-', '').replace(/^(.{8})(.{4})/, '$1-$2-')],
		['after a time', `20261126080000${secret.replaceAll('-', '')}`.slice(0, 40)],
		['for a URL', encodeURIComponent(`Bearer ${secret}`)],
		['in base64', Buffer.from(secret).toString('base64')],
		['in base64 for a URL', Buffer.from(`Bearer ${secret}`).toString('base64url')],
		['in hex digits', hex(secret)],
		['in hex digits, cut', hex(`Bearer ${secret}`).slice(14, 64)],
		['in hex digits, the end', hex(secret).slice(-40).toUpperCase()],
	])('%s', (_how, said) => {
		expect(logIdOf([said], secret)).toBeUndefined();
	});

	it('and the next candidate counts', () => {
		const logId = '20261126080000C0A8012B4D6E8F90123D';
		expect(logIdOf([secret, undefined, logId, 'abcdef0123'], secret)).toBe(logId);
	});
});

it('a secret of a letter or two spoils no log ID', () => {
	expect(logIdOf(['20261126080000B7'], '2')).toBe('20261126080000B7');
	expect(logIdOf(['20261126080000B7'], '2026112')).toBe('20261126080000B7');
});
