import { readAnswer } from '../../feishu/answer';
import { startHarness, type Harness } from '../engine/harness';
import { tunable } from '../engine/tunable';
import { bigAnswer, SAMPLE_INSTANCE, type Fault } from '../../sandbox';

const { TIMEOUTS } = tunable();
const CODE = SAMPLE_INSTANCE.instance_code;
const LOG_1 = '20261126080000C0A8012B4D6E8F901234';
const LOG_2 = '20261126080001C0A8012B4D6E8F901234';

let harness: Harness;
beforeEach(async () => {
	TIMEOUTS.pauseMs = 1;
	harness = await startHarness();
});
afterEach(async () => await harness.close());

const get = async () => await harness.get({ instanceCode: CODE, simplify: false });
const answer = (
	status: number,
	body: object | string,
	headers?: Record<string, string | null>,
): void => {
	const fault: Fault = { kind: 'answer', status, body, headers };
	harness.sandbox.faults.add({ on: 'get', times: Infinity, fault });
};

describe('the code decides', () => {
	it.each([200, 201, 400, 401, 403, 404, 429, 500, 503])(
		'a code other than 0 with HTTP %i is a refusal',
		async (status) => {
			answer(status, { code: 1390003, msg: 'instance code not found', data: { form: '[]' } });
			const { error, json } = await get();
			expect(json('Get')).toEqual([]);
			expect(error?.message).toBe('The approval instance was not found');
			expect(error?.context?.data).toMatchObject({ code: 1390003, http_status: status });
			expect(error?.httpCode).toBe(String(status));
		},
	);

	it.each([200, 400, 401, 403, 429, 500, 502])(
		'code 0 with HTTP %i is a success',
		async (status) => {
			answer(status, { code: 0, msg: 'success', data: { instance_code: 'A' } });
			const { error, json } = await get();
			expect(error).toBeUndefined();
			expect(json('Get')).toEqual([{ instance_code: 'A' }]);
			expect(harness.sandbox.calls('get')).toHaveLength(1);
		},
	);

	it('and not the text beside it', async () => {
		answer(200, { code: 0, msg: 'instance code not found', data: { instance_code: 'A' } });
		expect((await get()).json('Get')).toEqual([{ instance_code: 'A' }]);
	});

	it('a success without data is no result', async () => {
		answer(200, { code: 0, msg: 'success' });
		const { error, json } = await get();
		expect(json('Get')).toEqual([]);
		expect(error?.message).toBe('Feishu answered without data');
		expect(error?.description).toBe(
			'If Base URL in the credential points to a gateway or proxy, check that it passes answers on as they are.',
		);
		// Nothing that n8n could take for a reason to wait and try again.
		expect(error).toHaveProperty('failure', undefined);
	});

	it('a code that is text counts, too', async () => {
		answer(400, { code: '1390003', msg: 'instance code not found' });
		expect((await get()).error?.message).toBe('The approval instance was not found');
	});

	it.each([
		['null', null],
		['a word', 'success'],
		['true', true],
		['empty text', ''],
		['a list', []],
	])('a code that is %s is no success', async (_name, code) => {
		answer(200, { code, msg: 'success', data: { instance_code: 'A' } });
		const { error, json } = await get();
		expect(json('Get')).toEqual([]);
		expect(error?.message).toMatch(/^The answer is not one of Feishu's/);
	});

	it('a refusal in the old shape, without details, is explained as well', async () => {
		answer(400, { code: 99991661, msg: 'Need a token', data: {} });
		const { error } = await get();
		expect(error?.message).toBe('The call reached Feishu without an access token');
		expect(error?.description).toContain('Feishu said: "Need a token"');
	});

	it('the text is taken from the details where it stands only there', async () => {
		answer(400, { code: 1388888, error: { message: 'only here' } });
		expect((await get()).error?.context?.data).toMatchObject({ msg: 'only here' });
	});
});

describe('the log ID', () => {
	const refused = (error?: object) => ({ code: 1390001, msg: 'no', error });
	it.each<[string, object, Record<string, string | null>]>([
		['the header', refused(), { 'x-tt-logid': LOG_1 }],
		['the header of gateways', refused(), { 'x-tt-logid': null, 'x-request-id': LOG_1 }],
		['error.log_id', refused({ log_id: LOG_1 }), { 'x-tt-logid': null }],
		['error.logid', refused({ logid: LOG_1 }), { 'x-tt-logid': null }],
		['the header before the body', refused({ log_id: LOG_2 }), { 'x-tt-logid': LOG_1 }],
	])('is read from %s', async (_name, body, headers) => {
		answer(400, body, headers);
		const { error } = await get();
		expect(error?.context?.data).toMatchObject({ log_id: LOG_1 });
		expect(error?.description).toContain(`log ID ${LOG_1}`);
	});

	it('is null where there is none', async () => {
		answer(400, refused(), { 'x-tt-logid': null });
		const { error } = await get();
		expect(error?.context?.data).toEqual({
			code: 1390001,
			msg: 'no',
			http_status: 400,
			log_id: null,
		});
		expect(error?.description).not.toContain('log ID');
	});

	it('of an answer that is not JSON is kept, too', async () => {
		answer(502, 'oops', { 'x-tt-logid': LOG_1 });
		expect((await get()).error?.context?.data).toMatchObject({ log_id: LOG_1, http_status: 502 });
	});
});

it('an answer of 10 MB comes whole', async () => {
	const bytes = 10 * 1024 * 1024;
	harness.sandbox.faults.add({ on: 'get', fault: bigAnswer(bytes) });
	const { error, json } = await get();
	expect(error).toBeUndefined();
	const [{ form }] = json('Get');
	expect(JSON.stringify({ code: 0, msg: 'success', data: { form } })).toHaveLength(bytes);
});

describe('what proves who is calling', () => {
	const said = (msg: string, secret?: string) =>
		readAnswer({ statusCode: 400, headers: {}, body: JSON.stringify({ code: 1, msg }) }, secret);

	it.each(['a-secret-of-usual-length', 'with "quotes" and \\ in it', '秘密秘密秘密秘密'])(
		'is taken out of what a gateway says back: %s',
		(secret) => {
			expect(said(`bad ${secret}!`, secret)).toMatchObject({ code: 1, msg: 'bad (hidden)!' });
		},
	);

	it('is taken out of keys and lists as well', () => {
		const secret = 'a-secret-of-usual-length';
		const data = { [`k ${secret}`]: [{ deep: secret }, 7, null] };
		const body = JSON.stringify({ code: 0, data });
		const answer = readAnswer({ statusCode: 200, headers: {}, body }, secret);
		expect(answer).toMatchObject({ data: { 'k (hidden)': [{ deep: '(hidden)' }, 7, null] } });
	});

	it('spoils no answer if it is a letter or two that was typed by mistake', () => {
		expect(said('app id not exists', 'e')).toMatchObject({ code: 1, msg: 'app id not exists' });
	});

	it('never touches the code', () => {
		const body = JSON.stringify({ code: 99991663, msg: '99991663' });
		const answer = readAnswer({ statusCode: 400, headers: {}, body }, '99991663');
		expect(answer).toMatchObject({ code: 99991663, msg: '(hidden)' });
	});
});
