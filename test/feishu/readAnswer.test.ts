import { CODES } from '../../feishu/codes/codes';
import { readAnswer } from '../../feishu/answer';

const LOG_ID = '20261126080000C0A8012B4D6E8F901234';

const read = (statusCode: number, body: unknown, headers = {}, secret?: string) =>
	readAnswer(
		{ statusCode, headers, body: typeof body === 'string' ? body : JSON.stringify(body) },
		secret,
	);

describe('an answer without a code', () => {
	const UNREADABLE = { ok: false, carriedOut: 'uncertain', transient: true };
	const what = (status: number) => `The answer is not one of Feishu's (HTTP ${status})`;

	it.each<[string, unknown]>([
		['no text at all', ''],
		['a page', '<html>'],
		['cut JSON', '{"code": 0, "da'],
		['null', 'null'],
		['a number', '0'],
		['a list', [{ code: 0 }]],
		['a text', '"code"'],
		['no code', { msg: 'success' }],
		['a code with a letter before it', { code: 'x0' }],
		['a code with a letter after it', { code: '0x' }],
		['a code in a list', { code: [0] }],
		['a broken number', { code: 0.5 }],
	])('may have been carried out: %s', (_name, body) => {
		for (const status of [200, 299, 400, 502]) {
			expect(read(status, body, { 'x-request-id': LOG_ID })).toEqual({
				...UNREADABLE,
				message: what(status),
				hint: expect.stringMatching(/^If Base URL in the credential points to a gateway/),
				httpStatus: status,
				logId: LOG_ID,
			});
		}
	});

	it.each([300, 302, 307, 399])('that leads elsewhere was not: HTTP %i', (httpStatus) => {
		expect(read(httpStatus, 'moved')).toEqual({
			ok: false,
			carriedOut: 'no',
			transient: false,
			message: 'The server sent the call on to another address',
			hint: 'The access token goes to no other address. Check Platform or Base URL in the credential.',
			httpStatus,
			logId: undefined,
		});
	});

	it('may be how a server leads on after the work: HTTP 303', () => {
		expect(read(303, 'see other')).toMatchObject({ carriedOut: 'uncertain', transient: false });
	});

	it('that limits calls was not, and is explained as a limit', () => {
		const { message: limited, hint } = CODES[99991400];
		expect(read(429, 'slow down', { 'retry-after': '7' })).toEqual({
			ok: false,
			carriedOut: 'no',
			transient: true,
			message: limited,
			hint,
			httpStatus: 429,
			logId: undefined,
			resetSeconds: 7,
		});
	});
});

describe('the end of a limit', () => {
	const reset = (headers: object) => read(429, {}, headers);
	const date = 'Thu, 26 Nov 2026 08:00:00 GMT';

	it.each<[string, object, number | undefined]>([
		['seconds', { 'x-ogw-ratelimit-reset': '52', 'retry-after': '7' }, 52],
		['no wait', { 'x-ogw-ratelimit-reset': '0' }, 0],
		['a moment', { date, 'retry-after': 'Thu, 26 Nov 2026 08:00:09 GMT' }, 9],
		['a moment that is over', { date, 'retry-after': 'Thu, 26 Nov 2026 07:00:00 GMT' }, undefined],
		['a wait into the past', { 'retry-after': '-1' }, undefined],
		['for ever', { 'retry-after': 'Infinity' }, undefined],
		['a word', { 'retry-after': 'soon' }, undefined],
		['nothing', {}, undefined],
	])('is read from headers: %s', (_name, headers, resetSeconds) => {
		expect(reset(headers)).toMatchObject({ resetSeconds });
	});
});

describe('a code other than 0', () => {
	it.each<[string, number, number, boolean]>([
		['known, the input is to blame', 1390001, 500, false],
		['known, Feishu is in trouble', 1395001, 400, true],
		['not known, below HTTP 500', 1388888, 499, false],
		['not known, HTTP 500', 1388888, 500, true],
	])(
		'says whether the call may have been carried out: %s',
		(_name, code, httpStatus, uncertain) => {
			const error = { log_id: LOG_ID };
			expect(read(httpStatus, { code, msg: 'no', error })).toEqual({
				ok: false,
				carriedOut: uncertain ? 'uncertain' : 'no',
				transient: uncertain,
				code,
				msg: 'no',
				httpStatus,
				logId: LOG_ID,
				details: error,
				resetSeconds: undefined,
			});
		},
	);

	it('has no details where something else stands in their place', () => {
		expect(read(400, { code: 1, msg: '', error: 'words' })).toMatchObject({
			msg: undefined,
			details: undefined,
		});
	});
});

describe('a success', () => {
	it("tells Feishu's clock, if it has one", () => {
		const body = { code: 0, data: { a: 1 } };
		const date = 'Thu, 26 Nov 2026 08:00:00 GMT';
		expect(read(200, body, { date })).toEqual({
			ok: true,
			data: { a: 1 },
			body,
			date: Date.parse(date),
		});
		expect(read(200, body, { date: 'today' })).toEqual({ ok: true, data: { a: 1 }, body });
	});

	it('has no data where something else stands in their place', () => {
		expect(read(200, { code: 0, data: [1] })).toMatchObject({ ok: true, data: {} });
	});
});

describe('a secret that was sent', () => {
	it.each<[string, string, string]>([
		['as it is', '{"code":1,"msg":"12345678"}', '12345678'],
		['with escapes', '{"code":1,"msg":"1234\\u0035678"}', '12345678'],
		['with a quotation mark', JSON.stringify({ code: 1, msg: '1234"5678' }), '1234"5678'],
		['with a slash', '{"code":1,"msg":"1234\\/5678"}', '1234/5678'],
	])('is taken out of the text: %s', (_how, body, secret) => {
		expect(read(400, body, {}, secret)).toMatchObject({ msg: '(hidden)' });
	});

	it('of fewer than eight letters spoils nothing', () => {
		expect(read(400, { code: 1, msg: '1234567' }, {}, '1234567')).toMatchObject({ msg: '1234567' });
	});
});
