import type * as Codes from '../../../feishu/codes/codes';
import { startHarness, type Harness } from '../../engine/harness';
import { tunable } from '../../engine/tunable';
import {
	businessError,
	emptyBody,
	gatewayPage,
	rateLimitedSilently,
	SAMPLE_INSTANCE,
	type Fault,
} from '../../../sandbox';

const { CODES } = jest.requireActual<typeof Codes>('../../../dist/feishu/codes/codes');
const { TIMEOUTS } = tunable();
/** Words that n8n's guidelines keep out of texts for builders. */
const AVOIDED = /\b(error|problem|failure|failed|mistake)s?\b/i;

let harness: Harness;
beforeEach(async () => {
	Object.assign(TIMEOUTS, { pauseMs: 1, answerMs: 250 });
	harness = await startHarness();
});
afterEach(async () => await harness.close());

const meet = (fault: Fault) => harness.sandbox.faults.add({ on: 'get', times: Infinity, fault });
const get = async () => (await harness.get({ instanceCode: SAMPLE_INSTANCE.instance_code })).error;

it('every known code arrives whole: its sentence, its hint, its data', async () => {
	TIMEOUTS.answerMs = 10_000;
	const codes = Object.keys(CODES).filter((code) => code !== '99991400');
	for (const code of codes) {
		harness.sandbox.faults.add({
			on: ({ path }) => path.endsWith(`/${code}`),
			times: Infinity,
			fault: businessError(Number(code), 'words', { status: 409 }),
		});
	}
	const { json } = await harness.get(
		{ instanceCode: '={{ $json.code }}' },
		codes.map((code) => ({ code })),
		{ onError: 'continueRegularOutput' },
	);
	expect(json('Get')).toHaveLength(codes.length);
	for (const [index, item] of json('Get').entries()) {
		const { message: what } = CODES[Number(codes[index])];
		expect(item).toMatchObject({ error: what, code: Number(codes[index]), http_status: 409 });
		expect(String(item.error)).not.toMatch(AVOIDED);
		const [ours] = String(item.description).split('Feishu said: "words"');
		expect(ours.length).toBeGreaterThan(20);
		expect(ours).not.toMatch(AVOIDED);
	}
});

it.each<[string, Fault]>([
	['a gateway page', gatewayPage()],
	['an empty body', emptyBody()],
	['a reset', { kind: 'reset', when: 'before' }],
	['no answer', { kind: 'hang' }],
	['a redirect', { kind: 'redirect', to: 'http://127.0.0.1:1' }],
])('%s is told without the words that frighten', async (_name, fault) => {
	meet(fault);
	const error = await get();
	expect(error?.message).not.toMatch(AVOIDED);
	expect(error?.description).not.toMatch(AVOIDED);
	expect(error?.description?.length).toBeGreaterThan(40);
});

describe('an unknown code', () => {
	it('does not take what Feishu puts in brackets for scopes', async () => {
		meet(businessError(1388888, 'one of [approval:a, approval:b] is wrong'));
		expect((await get())?.description).not.toContain('Missing');
	});

	it('keeps what Feishu said, code, HTTP status and log ID', async () => {
		meet(businessError(1388888, 'something quite new'));
		const error = await get();
		expect(error?.message).toBe('Feishu refused the call');
		const { log_id: logId, ...data } = error?.context?.data as Record<string, unknown>;
		expect(data).toEqual({ code: 1388888, msg: 'something quite new', http_status: 400 });
		expect(logId).toMatch(/^\d{14}[0-9A-F]{18}$/);
		expect(error?.description).toContain(
			`Feishu said: "something quite new" (code 1388888, HTTP 400, log ID ${String(logId)})`,
		);
		expect(error?.httpCode).toBe('400');
	});

	it('that looks like an HTTP status is not taken for one', async () => {
		meet(businessError(404001, 'new', { status: 400 }));
		const error = await get();
		expect(error?.message).toBe('Feishu refused the call');
		expect(error?.httpCode).toBe('400');
	});

	it('links to the page that explains it', async () => {
		meet(businessError(1388888, 'new', { error: { troubleshooter: 'https://f.cn/?a=1&b="2"' } }));
		expect((await get())?.description).toContain(
			'<a href="https://f.cn/?a=1&amp;b=&quot;2&quot;" target="_blank">More about it at Feishu</a>',
		);
	});

	it('does not link to a script', async () => {
		meet(businessError(1388888, 'new', { error: { troubleshooter: 'javascript:alert(1)' } }));
		expect((await get())?.description).not.toContain('javascript');
	});
});

describe('texts of the platform', () => {
	it.each(['ENOENT: no such file', 'resourceAccess denied', 'EACCES', 'ECONNREFUSED', 'eperm'])(
		'"%s" does not displace the sentence',
		async (msg) => {
			meet(businessError(1390003, msg));
			const error = await get();
			expect(error?.message).toBe('The approval instance was not found');
			expect(error?.description).toContain(`Feishu said: "${msg}"`);
		},
	);

	it.each<[string, Fault]>([
		['message', businessError(1388888, '<script>alert(1)</script>')],
		[
			'field',
			businessError(99992402, 'no', {
				error: {
					field_violations: [
						{ field: '<script>', value: '<script>', description: '<script>alert(1)</script>' },
					],
				},
			}),
		],
		[
			'scope',
			businessError(99991672, 'no', {
				error: { permission_violations: [{ subject: '<script>alert(1)</script>' }] },
			}),
		],
		[
			'link',
			businessError(99991672, 'no', {
				error: {
					permission_violations: [{ subject: 'a' }],
					helps: [{ url: 'https://f.cn/"><script>alert(1)</script>' }],
				},
			}),
		],
	])('in a %s cannot bring markup into the editor', async (_name, fault) => {
		meet(fault);
		const error = await get();
		expect(error?.message).not.toContain('<script');
		expect(error?.description).toContain('&lt;script&gt;');
		expect(error?.description).not.toContain('<script');
	});

	it('what a builder entered cannot either', async () => {
		const { error } = await harness.get({ instanceCode: '<script>' });
		expect(error?.message).toBe('The approval instance was not found');
		expect(error?.description).toContain('Instance Code was `&lt;script&gt;`');
		expect(error?.description).not.toContain('<script');
	});
});

describe('n8n is told by the cause what has to change', () => {
	it.each<[string, Fault, string | undefined]>([
		['a code that nobody knows', businessError(1388888, 'new'), undefined],
		['an input that Feishu refuses', businessError(1390001, 'no'), 'configuration-invalid'],
		['a missing permission', businessError(99991672, 'no'), 'credential-invalid'],
		['trouble at Feishu', businessError(1395001, 'later'), 'temporarily-unavailable'],
		['a gateway page', gatewayPage(), 'temporarily-unavailable'],
		['no answer', { kind: 'hang' }, 'temporarily-unavailable'],
		['a redirect', { kind: 'redirect', to: 'http://127.0.0.1:1' }, undefined],
	])('%s', async (_name, fault, cause) => {
		meet(fault);
		const error = await get();
		expect(error?.message).toBeTruthy();
		expect(error?.failure).toEqual(cause && { cause });
	});

	it('a limit of which nobody says when it ends', async () => {
		Object.assign(TIMEOUTS, { limitMs: 1, limitedMs: 1 });
		meet(rateLimitedSilently());
		expect((await get())?.failure).toEqual({ cause: 'rate-limited', retryAfterMs: 60_000 });
	});
});

it('the item is named', async () => {
	const { error } = await harness.get({ instanceCode: '={{ $json.code }}' }, [
		{ code: SAMPLE_INSTANCE.instance_code },
		{ code: 'I-1' },
	]);
	expect(error?.message).toBe('The approval instance was not found');
	expect(error?.context?.itemIndex).toBe(1);
});
