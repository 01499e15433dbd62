import { logIdOf } from '../../feishu/logId';

const TOKEN = 't-g1044qeGEDXTB6NDJOGV4JQCYDGHRBARFTGT1234';
/** As the local platform makes them, and some gateways: hex digits like those of a log ID. */
const HEX_TOKEN = 't-cefb6711f8619bf3ec4b83c7ff51216422ce16d0';

const hex = (text: string) => Buffer.from(text).toString('hex');

it.each([
	['of Feishu', '20230720164510B73862CD648745ABB2DD'],
	['of Feishu, digits alone', '20170320222406010004052030814124'],
	['in the form that newer services have', '02178123456789000000000000000000000ffffac12abcd9f8e7'],
	['of a gateway, a UUID', '3f2504e0-4f89-11d3-9a0c-0305e82c3301'],
	['of a gateway, capitals', '3F2504E0-4F89-11D3-9A0C-0305E82C3301'],
	['of a trace', '4bf92f3577b34da6a3ce929d0e0e4736'],
])('a log ID is taken as it is: %s', (_what, logId) => {
	expect(logIdOf([logId], TOKEN)).toBe(logId);
	expect(logIdOf([logId], '')).toBe(logId);
});

it.each<[string, unknown]>([
	['nothing', undefined],
	['null', null],
	['a number', 20230720164510],
	['a list', ['20230720164510B73862CD648745ABB2DD']],
	['an empty text', ''],
	['seven digits', '2023072'],
	['a word', 'abcdefgh'],
	['two log IDs', '20230720164510B73862CD648745ABB2DD, 20230720164510B73862CD648745ABB2DE'],
	['markup', '<b>20230720164510</b>'],
	['a line break behind it', '20230720164510B73862CD648745ABB2DD\n'],
	['lines', '20230720164510\n20230720164511'],
	['over-long', '20230720'.repeat(9)],
	['a megabyte', '2'.repeat(1_000_000)],
	['blanks around', ' 20230720164510B73862CD648745ABB2DD '],
])('what is no log ID is not taken for one: %s', (_what, candidate) => {
	expect(logIdOf([candidate], TOKEN)).toBeUndefined();
});

describe.each([
	['a token', TOKEN],
	['a token of hex digits', HEX_TOKEN],
	['an App Secret', 'dskLLdkasdjlasdKKxxZZ0123456789a'],
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
		['behind a time', `20230720164510${secret.replaceAll('-', '')}`.slice(0, 40)],
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
		const logId = '20230720164510B73862CD648745ABB2DD';
		expect(logIdOf([secret, undefined, logId, 'abcdef0123'], secret)).toBe(logId);
	});
});

it('a secret of a letter or two spoils no log ID', () => {
	expect(logIdOf(['20230720164510B7'], '2')).toBe('20230720164510B7');
	expect(logIdOf(['20230720164510B7'], '2023072')).toBe('20230720164510B7');
});
