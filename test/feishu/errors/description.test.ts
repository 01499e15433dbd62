import type * as Codes from '../../../feishu/codes/codes';
import { startHarness, type Harness } from '../../engine/harness';
import { SAMPLE_INSTANCE, SANDBOX_APP } from '../../../sandbox';

const { CODES } = jest.requireActual<typeof Codes>('../../../dist/feishu/codes/codes');

let harness: Harness;
beforeEach(async () => {
	harness = await startHarness();
});
afterEach(async () => await harness.close());

/** What a builder reads below the message when Feishu answers this. */
async function told(body: { code: number; msg?: string; error?: object }): Promise<string> {
	const fault = { kind: 'answer', status: 400, body, headers: { 'x-tt-logid': null } } as const;
	harness.sandbox.faults.add({ on: 'get', times: Infinity, fault });
	const { error } = await harness.get({ instanceCode: SAMPLE_INSTANCE.instance_code });
	return error?.description ?? '';
}

const a = (url: string, text: string) => `<a href="${url}" target="_blank">${text}</a>`;

describe('missing scopes', () => {
	const ASK = 'Ask for the scope in the developer console';
	const page = (scopes: string) =>
		a(
			`${harness.sandbox.url}/page/scope-apply?clientID=${SANDBOX_APP.app_id}&amp;scopes=${scopes}`,
			ASK,
		);
	/** What stands between the hint and what Feishu said. */
	const missing = async (error: object | undefined, msg = 'no') => {
		const description = await told({ code: 99991672, msg, error });
		const { hint } = CODES[99991672];
		expect(description.startsWith(hint)).toBe(true);
		expect(description.endsWith(`Feishu said: "${msg}" (code 99991672, HTTP 400)`)).toBe(true);
		return description.slice(hint.length).replace(/Feishu said: .*$/, '');
	};

	it('are named once each, as far as they have names, with the first link that there is', async () => {
		const violations = [{ subject: 'a' }, null, 'words', {}, { scope: 'b' }, { subject: 'a' }];
		const helps = ['words', { url: 'http://f.cn/1' }, { url: 'https://f.cn/2' }];
		expect(await missing({ permission_violations: violations, helps }, '[c]')).toBe(
			` Missing: \`a\` or \`b\`. ${a('http://f.cn/1', ASK)} `,
		);
	});

	it('are looked for in the text where details name none', async () => {
		expect(await missing({ permission_violations: [{}] }, 'of [ c,d  e ]')).toBe(
			` Missing: \`c\` or \`d\` or \`e\`. ${page('c%2Cd%2Ce')} `,
		);
	});

	it('are read from a list only', async () => {
		expect(await missing({ permission_violations: { subject: 'a' }, helps: 'words' })).toBe(' ');
	});

	it('without any word of Feishu are none', async () => {
		expect(await told({ code: 99991672 })).toBe(
			`${CODES[99991672].hint} (code 99991672, HTTP 400)`,
		);
	});

	it('of one kind of ID are told apart, whatever else is missing', async () => {
		const violations = [
			{ type: 'action_scope_required', subject: 'a' },
			{ type: 'field_scope_required', subject: 'b' },
		];
		expect(await missing({ permission_violations: violations })).toBe(
			` Missing: \`a\` or \`b\`. It is needed for user IDs of the kind "User ID"; open IDs work without it. ${page('a%2Cb')} `,
		);
	});

	it.each<[string, unknown]>([
		['of another protocol', 'ftp:https://f.cn'],
		['that is a script', 'javascript:1'],
		['that is a number', 1],
		['that is a list', ['https://f.cn']],
		['that is missing', null],
	])('have the link to their page in place of one %s', async (_what, url) => {
		const error = { permission_violations: [{ subject: 'a' }], helps: [{ url }] };
		expect(await missing(error)).toBe(` Missing: \`a\`. ${page('a')} `);
	});
});

describe('the form field that Feishu names', () => {
	const named = async (msg?: string) =>
		/Feishu names the form field .* approval\./.exec(await told({ code: 1390001, msg }))?.[0];

	it.each<[string, string]>([
		['param is invalid: widget16510509704570001 is needed', 'widget16510509704570001'],
		['param is invalid: Widget1', 'Widget1'],
		['a widget and widget-a-1-b: no', 'widget-a-1-b'],
	])('is pointed out: %s', async (msg, field) => {
		expect(await named(msg)).toBe(
			`Feishu names the form field \`${field}\`: look for this ID in the form of the approval.`,
		);
	});

	it.each(['a widget is needed', 'mywidget1', undefined])('is not made up: %s', async (msg) => {
		expect(await named(msg)).toBeUndefined();
	});

	it('is no matter of other codes', async () => {
		expect(await told({ code: 1388888, msg: 'widget1' })).toBe(
			'Feishu said: "widget1" (code 1388888, HTTP 400)',
		);
	});
});

it('fields that Feishu refuses are listed with their values, if it gives any', async () => {
	const violations = [
		{ field: 'a', value: 'x<y', description: 'too "odd"' },
		{ field: 'b', value: '', description: 'empty' },
		{ field: 'c', value: 0, description: 'small' },
		{ description: 'd' },
		{ field: 'e', value: false },
		null,
	];
	const { hint } = CODES[99992402];
	const error = { field_violations: violations };
	expect(await told({ code: 99992402, msg: 'no & no', error })).toBe(
		`${hint} \`a\` (value \`x&lt;y\`): too &quot;odd&quot;. \`b\`: empty. \`c\` (value \`0\`): small. \`\`: d. \`e\` (value \`false\`): . Feishu said: "no &amp; no" (code 99992402, HTTP 400)`,
	);
});

it('an address that leads to more about it is linked', async () => {
	const error = { troubleshooter: 'https://f.cn/?a=1&b=<2>' };
	expect(await told({ code: 1388888, error })).toBe(
		`(code 1388888, HTTP 400) ${a('https://f.cn/?a=1&amp;b=&lt;2&gt;', 'More about it at Feishu')}`,
	);
});

it.each([60001, 1390001, 99992402])(
	'codes about parameters say nothing of IDs that were not sent: %i',
	async (code) => {
		expect(await told({ code, msg: 'no' })).toBe(
			`${CODES[code].hint} Feishu said: "no" (code ${code}, HTTP 400)`,
		);
	},
);

it.each([
	[1390002, ''],
	[1390003, ` Instance Code was \`${SAMPLE_INSTANCE.instance_code}\`.`],
])('a code that was not found is named as far as the call had it: %i', async (code, named) => {
	expect(await told({ code, msg: 'no' })).toBe(
		`${CODES[code].hint}${named} Feishu said: "no" (code ${code}, HTTP 400)`,
	);
});

it('in an item, links are written out and nothing is escaped', async () => {
	const error = { troubleshooter: 'https://f.cn/?a=1&b="2"' };
	const body = { code: 1388888, msg: '<a> & "b" & "c" > d > e < f', error };
	harness.sandbox.faults.add({
		on: 'get',
		fault: { kind: 'answer', status: 400, body, headers: { 'x-tt-logid': '20261126C0A8' } },
	});
	const parameters = { instanceCode: SAMPLE_INSTANCE.instance_code };
	const { json } = await harness.get(parameters, undefined, { onError: 'continueRegularOutput' });
	expect(json('Get')).toMatchObject([
		{
			error: 'Feishu refused the call',
			code: 1388888,
			http_status: 400,
			log_id: '20261126C0A8',
			description:
				'Feishu said: "<a> & "b" & "c" > d > e < f" (code 1388888, HTTP 400, log ID 20261126C0A8) More about it at Feishu: https://f.cn/?a=1&b="2"',
		},
	]);
});

it.each<[said: string, cure: RegExp]>([
	['leave type not found', /^The type of leave is none of this company/],
	['leave type id parse error', /^The type of leave is none of this company/],
	['balance is not enough', /^The person has not enough of this leave left/],
	['leave is conflict', /^The person is away at this time already/],
	['out time is conflict', /^The person is away at this time already/],
	['certification is required', /^This type of leave asks for a proof/],
	['work time range is required', /^Enter the start and the end of the overtime/],
	['overtime duration is over 2 days', /^A period of overtime can have up to two days/],
	['the operation is prohibited by the workforce rules', /^The attendance rules/],
	['group value is invalid', /^A part of leave, overtime or out of office/],
	['value is not RFC3339', /^A time is not as Feishu wants it/],
	['something else', /^Feishu refused|^Check/],
])('a form of which Feishu says "%s" is told with the cure', async (said, cure) => {
	expect(await told({ code: 1390001, msg: said })).toMatch(cure);
});
