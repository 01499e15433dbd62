import { readDefinitionForm } from '../../../approval/definition';
import { completeForm, fillForm, type Filled } from '../../../approval/filling/fillForm';
import { byOwnName, partsByName } from '../../../approval/filling/names';
import { Problem } from '../../../approval/problem';

const CODE = 'D93653C3-2609-4EE0-8041-61DC1D84F0B5';
const HOW = { zone: 'Asia/Shanghai', binaries: ['data', 'scan 2'] } as const;
const OPTIONS = {
	option: [
		{ value: 'k-1', text: 'Train' },
		{ value: 'k-2', text: 'Taxi, bus' },
		{ value: 'k-3', text: 'ＰＬＡＮＥ' },
	],
};
const YES_NO = {
	option: [
		{ value: 'y', text: '是' },
		{ value: 'n', text: '否' },
	],
};

type More = Record<string, unknown>;
const form = (...fields: More[]) =>
	readDefinitionForm(
		JSON.stringify(fields.map((field, index) => ({ id: `w${index}`, name: 'Field', ...field }))),
	);

function fill(field: More, value: unknown): More | Problem {
	const filled = fillForm(form(field), { Field: value }, HOW);
	if (filled instanceof Problem) return filled;
	const content: More = { ...filled.widgets[0] };
	delete content.id;
	delete content.type;
	return content;
}

const moment = { toMillis: () => Date.parse('2026-10-01T01:00:00Z') };

it.each<[string, More, unknown, More]>([
	['text', { type: 'input' }, 'a "b"', { value: 'a "b"' }],
	['a number as text', { type: 'textarea' }, 12, { value: '12' }],
	['the cell of a Base', { type: 'input' }, [{ type: 'text', text: 'x' }], { value: 'x' }],
	['number', { type: 'number' }, 1.5, { value: 1.5 }],
	['number: point', { type: 'number' }, '12.5', { value: 12.5 }],
	['number: comma', { type: 'number' }, '12,5', { value: 12.5 }],
	['number: groups', { type: 'number' }, '1,234,567', { value: 1_234_567 }],
	['number: groups and point', { type: 'number' }, '1,200.00', { value: 1200 }],
	['number: groups and comma', { type: 'number' }, '1.200,00', { value: 1200 }],
	['number: full width', { type: 'number' }, '１２', { value: 12 }],
	['number: long', { type: 'number' }, '6222021234567890123', { value: '6222021234567890123' }],
	['formula', { type: 'formula' }, '3', { value: 3 }],
	['amount', { type: 'amount', value: 'CNY' }, 100.5, { value: 100.5, currency: 'CNY' }],
	['amount with currency', { type: 'amount' }, '1,234.50 CNY', { value: 1234.5, currency: 'CNY' }],
	['amount: bar', { type: 'amount' }, '100.50|usd', { value: 100.5, currency: 'USD' }],
	['amount: currency first', { type: 'amount' }, 'USD 3', { value: 3, currency: 'USD' }],
	[
		'amount: object',
		{ type: 'amount' },
		{ value: 1, currency: 'USD' },
		{ value: 1, currency: 'USD' },
	],
	['date', { type: 'date' }, '2026-10-01', { value: '2026-10-01T00:00:00+08:00' }],
	['date: slashes', { type: 'date' }, '2026/10/1 9:00', { value: '2026-10-01T09:00:00+08:00' }],
	['date: Chinese', { type: 'date' }, '2026年10月1日', { value: '2026-10-01T00:00:00+08:00' }],
	['date: ms', { type: 'date' }, 1_700_000_000_000, { value: '2023-11-15T06:13:20+08:00' }],
	['date: Luxon', { type: 'date' }, moment, { value: '2026-10-01T09:00:00+08:00' }],
	[
		'date: RFC 3339',
		{ type: 'date' },
		'2019-10-01T08:12:01-03:00',
		{ value: '2019-10-01T08:12:01-03:00' },
	],
	[
		'interval',
		{ type: 'dateInterval' },
		'2026-10-01 ~ 2026-10-03',
		{
			value: {
				start: '2026-10-01T00:00:00+08:00',
				end: '2026-10-03T00:00:00+08:00',
				interval: 3,
			},
		},
	],
	[
		'interval: bar',
		{ type: 'dateInterval' },
		'2024-01-01|2024-01-02',
		{
			value: {
				start: '2024-01-01T00:00:00+08:00',
				end: '2024-01-02T00:00:00+08:00',
				interval: 2,
			},
		},
	],
	['choice by label', { type: 'radioV2', ...OPTIONS }, ' train', { value: 'k-1' }],
	['choice by key', { type: 'radioV2', ...OPTIONS }, 'k-2', { value: 'k-2' }],
	['choice: width', { type: 'radio', ...OPTIONS }, 'plane', { value: 'k-3' }],
	['choice as read', { type: 'radioV2', ...OPTIONS }, { key: 'k-1', text: 'x' }, { value: 'k-1' }],
	['choice: no list', { type: 'radioV2' }, 'external', { value: 'external' }],
	['yes', { type: 'radioV2', ...YES_NO }, true, { value: 'y' }],
	['no', { type: 'radioV2', ...YES_NO }, false, { value: 'n' }],
	['choices', { type: 'checkboxV2', ...OPTIONS }, 'Train, plane', { value: ['k-1', 'k-3'] }],
	[
		'choices: label with comma',
		{ type: 'checkboxV2', ...OPTIONS },
		'Taxi, bus',
		{ value: ['k-2'] },
	],
	[
		'choices: list',
		{ type: 'checkboxV2', ...OPTIONS },
		['Train', 'k-2'],
		{ value: ['k-1', 'k-2'] },
	],
	['choices: JSON', { type: 'checkboxV2', ...OPTIONS }, '["Train"]', { value: ['k-1'] }],
	['contact', { type: 'contact' }, 'ou_1, ou_2', { value: [], open_ids: ['ou_1', 'ou_2'] }],
	['contact: user IDs', { type: 'contact' }, ['u1'], { value: ['u1'] }],
	['contact: both', { type: 'contact' }, ['u1', 'ou_1'], { value: ['u1'], open_ids: ['ou_1'] }],
	['contact: cell', { type: 'contact' }, [{ id: 'ou_1' }], { value: [], open_ids: ['ou_1'] }],
	[
		'contact: object',
		{ type: 'contact' },
		{ open_ids: ['ou_1'] },
		{ value: [], open_ids: ['ou_1'] },
	],
	[
		'department',
		{ type: 'department' },
		'od-1,od-2',
		{ value: [{ open_id: 'od-1' }, { open_id: 'od-2' }] },
	],
	[
		'department as read',
		{ type: 'department' },
		[{ name: 'A', open_id: 'od-1' }],
		{ value: [{ open_id: 'od-1' }] },
	],
	[
		'telephone',
		{ type: 'telephone' },
		'+86 131 1234 5678',
		{ value: { countryCode: '+86', nationalNumber: '13112345678' } },
	],
	[
		'telephone: 852',
		{ type: 'telephone' },
		'+852 9123 4567',
		{ value: { countryCode: '+852', nationalNumber: '91234567' } },
	],
	[
		'telephone: 1',
		{ type: 'telephone' },
		'+1 (202) 555-0143',
		{ value: { countryCode: '+1', nationalNumber: '2025550143' } },
	],
	[
		'telephone: 0049',
		{ type: 'telephone' },
		'0049 151 23456789',
		{ value: { countryCode: '+49', nationalNumber: '15123456789' } },
	],
	[
		'telephone: bare',
		{ type: 'telephone' },
		13112345678,
		{ value: { countryCode: '+86', nationalNumber: '13112345678' } },
	],
	[
		'telephone as read',
		{ type: 'telephone' },
		{ country_code: '+86', national_number: '1' },
		{ value: { countryCode: '+86', nationalNumber: '1' } },
	],
	[
		'address',
		{ type: 'address' },
		{ id: 110_101, detailAddress: 'x' },
		{ value: [{ id: '110101', detailAddress: 'x' }] },
	],
	['related', { type: 'connect' }, `${CODE}, ${CODE}`, { value: [CODE] }],
	[
		'document',
		{ type: 'document' },
		'https://a.feishu.cn/docx/AbCd1234567890',
		{ value: { token: 'AbCd1234567890', type: 'docx' } },
	],
	[
		'document: sheet',
		{ type: 'document' },
		'https://a.feishu.cn/sheets/AbCd1234567890?x=1',
		{ value: { token: 'AbCd1234567890', type: 'sheet' } },
	],
	[
		'document: token',
		{ type: 'document' },
		'AbCd1234567890',
		{ value: { token: 'AbCd1234567890', type: 'docx' } },
	],
	[
		'files by code',
		{ type: 'attachmentV2' },
		[CODE, { code: CODE, url: 'x' }],
		{ value: [CODE, CODE] },
	],
	[
		'shift',
		{ type: 'shiftGroup' },
		{ shiftTime: '2026-10-01', returnTime: '2026-10-02', reason: 'r' },
		{
			value: {
				shiftTime: '2026-10-01T00:00:00+08:00',
				returnTime: '2026-10-02T00:00:00+08:00',
				reason: 'r',
			},
		},
	],
	['unknown kind', { type: 'location' }, { a: 1 }, { value: { a: 1 } }],
])('makes of %s what the API wants', (_name, field, value, content) => {
	expect(fill(field, value)).toEqual(content);
});

it.each<[More, unknown, RegExp]>([
	[{ type: 'input' }, { a: 1 }, /not text/],
	[{ type: 'input' }, 'undefined', /"undefined"/],
	[{ type: 'number' }, '1,200', /not clearly one number.*1200 or 1\.2/s],
	[{ type: 'number' }, 'ten', /not clearly one number/],
	[{ type: 'number' }, '1.2.3', /not clearly one number/],
	[{ type: 'amount', option: { currencyRange: ['CNY', 'USD'] } }, '5 EUR', /"EUR".*CNY, USD/s],
	[{ type: 'date' }, '2026-02-31', /not a time/],
	[{ type: 'date' }, 'soon', /not a time/],
	[{ type: 'dateInterval' }, '2026-10-02 ~ 2026-10-01', /ends before it begins/],
	[{ type: 'dateInterval' }, '2026-10-02', /not two times/],
	[{ type: 'radioV2', ...OPTIONS }, 'Boat', /no choice "Boat".*Train, Taxi, bus/s],
	[{ type: 'radioV2', ...OPTIONS }, ['Train', 'k-2'], /one choice only/],
	[{ type: 'checkboxV2', ...OPTIONS }, 'Train, Boat', /no choice "Boat"/],
	[{ type: 'contact' }, `on_${'0'.repeat(32)}`, /no union IDs/],
	[{ type: 'contact' }, { who: 'me' }, /not a list of people/],
	[{ type: 'department' }, 'Sales', /"Sales".*od-/s],
	[{ type: 'telephone' }, '12345', /not a telephone number/],
	[{ type: 'address' }, 'Main Street 1', /id of a district/],
	[{ type: 'document' }, 'no', /not a document/],
	[{ type: 'attachmentV2' }, 'https://x/a.pdf', /Links cannot be sent.*data, scan 2/s],
	[{ type: 'image' }, [{ file_token: 't' }], /file of a Base/],
	[{ type: 'image' }, 'nothing', /Files of this item: data, scan 2/],
	[{ type: 'fieldList' }, 'x', /not a list of rows/],
	[{ type: 'fieldList' }, [{}], /columns that its definition does not tell/],
	[{ type: 'tripGroup' }, 'x', /cannot be set through the API/],
	[{ type: 'shiftGroup' }, { shiftTime: 'x' }, /shiftTime that is not a time/],
])('refuses for %j the value %j', (field, value, words) => {
	const problem = fill(field, value);
	expect(problem).toBeInstanceOf(Problem);
	const { message, hint } = problem as Problem;
	expect(message).toMatch(/^"Field"/);
	expect(`${message} ${hint}`).toMatch(words);
});

it('finds fields by custom ID, ID and name, also where several have the same name', () => {
	const fields = form(
		{ type: 'input', custom_id: 'first' },
		{ type: 'input' },
		{ type: 'input' },
		{ type: 'input', name: 'Total' },
	);
	const values = { first: 'a', Field: 'b', w2: 'c', ' total ': 'd' };
	const filled = fillForm(fields, values, HOW) as Filled;
	expect(filled.widgets.map(({ value }) => value)).toEqual(['a', 'b', 'c', 'd']);
});

it.each<[string, unknown, RegExp]>([
	[
		'a field that is not there',
		{ Gone: 'x' },
		/"Gone" is no field.*Its fields are: Field, Needed/s,
	],
	['a required field without a value', { Field: 'x' }, /"Needed" is empty/],
	['a widget that is not there', [{ id: 'other', value: 1 }], /"other" is no field/],
	['what is no form', 'text', /neither an object nor a list/],
	['what is no widget', [7], /not a list of form fields/],
])('says what is wrong with %s', (_name, values, words) => {
	const fields = form({ type: 'input' }, { type: 'input', name: 'Needed', required: true });
	const { message, hint } = fillForm(fields, values, HOW) as Problem;
	expect(`${message} ${hint}`).toMatch(words);
});

it('does not ask for what is shown under a condition only, or what Feishu writes', () => {
	const fields = form(
		{ type: 'input', required: true, display_condition: '{"a":1}' },
		{ type: 'serialNumber', name: 'Number', required: true },
		{ type: 'text', name: 'Note' },
	);
	const filled = fillForm(fields, { Field: '', Number: '7', Note: 'hello' }, HOW);
	expect(filled).toEqual({ widgets: [], addresses: [], uploads: [] });
});

it('takes the list of widgets that the API takes, and the one that Get Instance gives', () => {
	const fields = form(
		{ type: 'radioV2', ...OPTIONS },
		{ type: 'amount', name: 'Sum' },
		{ type: 'contact', name: 'Who' },
	);
	const widgets = [
		{ id: 'w0', type: 'radioV2', value: 'Train', option: { key: 'k-1', text: 'Train' } },
		{ id: 'w1', type: 'amount', value: 3, ext: { currency: 'USD' } },
		{ id: 'w2', type: 'contact', value: ['u1'], open_ids: ['ou_1'] },
	];
	expect((fillForm(fields, widgets, HOW) as Filled).widgets).toEqual([
		{ id: 'w0', type: 'radioV2', value: 'k-1' },
		{ id: 'w1', type: 'amount', value: 3, currency: 'USD' },
		{ id: 'w2', type: 'contact', value: [], open_ids: ['ou_1'] },
	]);
});

describe('fields that hold fields', () => {
	const columns = [
		{ id: 'c1', name: 'Who', type: 'contact' },
		{ id: 'c2', name: 'Cost', type: 'amount', value: 'CNY' },
		{ id: 'c3', name: 'Receipt', type: 'attachmentV2' },
	];
	it.each(['children', 'ext', 'value', 'option'])('reads the columns under %s', (place) => {
		const [field] = form({ type: 'fieldList', [place]: columns });
		const rows = [{ Who: 'ann@example.com', Cost: '100.5', Receipt: 'scan 2' }];
		const filled = fillForm([field], { Field: rows }, HOW) as Filled;
		expect(filled.addresses).toEqual([{ kind: 'email', value: 'ann@example.com', field: 'Who' }]);
		expect(filled.uploads).toEqual([{ binary: 'scan 2', fileType: 'attachment' }]);
		const found = { openId: () => 'ou_ann', code: () => CODE };
		expect(completeForm(filled, found)[0].value).toEqual([
			[
				{ id: 'c1', type: 'contact', value: [], open_ids: ['ou_ann'] },
				{ id: 'c2', type: 'amount', value: 100.5, currency: 'CNY' },
				{ id: 'c3', type: 'attachmentV2', value: [CODE] },
			],
		]);
	});

	it('names the row and the column of what does not fit', () => {
		const [field] = form({ type: 'fieldList', children: columns });
		const rows = JSON.stringify([{ Cost: 1 }, { Cost: 'x' }]);
		const { message } = fillForm([field], { Field: rows }, HOW) as Problem;
		expect(message).toMatch(/^"Field" row 2: "Cost" holds "x"/);
	});

	const leave = (more: More = {}) =>
		form({
			id: 'widgetLeaveGroupV2',
			type: 'leaveGroupV2',
			option: [{ value: '7138673249737506817', text: 'Annual' }],
			...more,
		});
	const LEAVE = [
		{ id: 'widgetLeaveGroupType', type: 'radioV2', value: '7138673249737506817' },
		{ id: 'widgetLeaveGroupStartTime', type: 'date', value: '2026-10-01T00:00:00+08:00' },
		{ id: 'widgetLeaveGroupEndTime', type: 'date', value: '2026-10-02T00:00:00+08:00' },
		{ id: 'widgetLeaveGroupReason', type: 'textarea', value: 'Rest' },
	];
	const PARTS = { type: 'annual', start: '2026-10-01', end: '2026-10-02', reason: 'Rest' };
	it.each<[string, object]>([
		['an object', { Field: PARTS }],
		['JSON text', { Field: JSON.stringify(PARTS) }],
		[
			'what Get Instance gives',
			{
				Field: {
					name: 'Annual',
					start: PARTS.start,
					end: PARTS.end,
					interval: '1',
					unit: 'DAY',
					reason: 'Rest',
				},
			},
		],
		[
			'fields beside the others',
			Object.fromEntries(
				Object.entries({
					Type: 'Annual',
					Start: PARTS.start,
					End: PARTS.end,
					Reason: 'Rest',
					Certification: null,
				}).map(([name, value]) => [`Field / ${name}`, value]),
			),
		],
	])('takes leave as %s', (_name, values) => {
		expect((fillForm(leave(), values, HOW) as Filled).widgets).toEqual([
			{ id: 'widgetLeaveGroupV2', type: 'leaveGroupV2', value: LEAVE },
		]);
	});

	it('names parts by the names of group and part, and asks for those that are required', () => {
		const [group] = leave({
			value: [
				{
					id: 'widgetLeaveGroupType',
					name: '类型',
					type: 'radioV2',
					visible: true,
					required: true,
				},
				{
					id: 'widgetLeaveGroupReason',
					name: '事由',
					type: 'textarea',
					visible: false,
					required: true,
				},
			],
		});
		expect([...partsByName([group]).keys()]).toEqual(['Field / 类型']);
		const { message } = fillForm([group], { Field: { 类型: '' } }, HOW) as Problem;
		expect(message).toBe('"Field" part "类型" is empty, but the form requires it');
	});

	it('refuses a type of leave that is no ID', () => {
		const { message } = fillForm(
			leave({ option: [] }),
			{ Field: { type: 'Annual', start: '2026-10-01' } },
			HOW,
		) as Problem;
		expect(message).toContain('not a type of leave');
	});

	it('takes overtime with one period, and with several', () => {
		const [field] = form({ id: 'widgetWorkGroup', type: 'workGroup' });
		const time = (start: string) => [
			{ id: 'widgetWorkGroupStartTime', type: 'date', value: `${start}T00:00:00+08:00` },
			{ id: 'widgetWorkGroupEndTime', type: 'date', value: '2026-10-09T00:00:00+08:00' },
		];
		const rows = (value: object) =>
			((fillForm([field], { Field: value }, HOW) as Filled).widgets[0].value as More[])[0].value;
		const end = '2026-10-09';
		expect(rows({ start: '2026-10-01', end })).toEqual([time('2026-10-01')]);
		const times = [
			{ start: '2026-10-01', end },
			{ start: '2026-10-02', end },
		];
		expect(rows({ Times: times })).toEqual([time('2026-10-01'), time('2026-10-02')]);
	});
});

it('shows a field by its ID where its name is the ID of another', () => {
	const fields = readDefinitionForm(
		JSON.stringify([
			{ id: 'w1', type: 'input', name: 'w2' },
			{ id: 'w2', type: 'input', name: 'Subject' },
		]),
	);
	const names = [...byOwnName(fields).keys()];
	expect(names).toEqual(['w1', 'Subject']);
	const filled = fillForm(fields, { w1: 'first', Subject: 'second' }, HOW) as Filled;
	expect(filled.widgets.map(({ id, value }) => [id, value])).toEqual([
		['w1', 'first'],
		['w2', 'second'],
	]);
});

it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
	'sends a field of a kind called %s as it was entered',
	(type) => {
		const filled = fillForm(form({ type }), { Field: 'x' }, HOW) as Filled;
		expect(filled.widgets).toEqual([{ id: 'w0', type, value: 'x' }]);
	},
);

it.each<[string, unknown]>([
	['one of several', ['ou_1', null]],
	['the only one', [undefined]],
	['a blank one', ['ou_1', ' ']],
])('does not pass over a person who is missing in a list: %s', (_which, value) => {
	const filled = fill({ type: 'contact', required: false }, value);
	expect(filled).toMatchObject({
		message: '"Field" has an empty entry in its list of people',
		hint: expect.stringContaining('Remove it'),
	});
});

it('takes what stands beside files, as Get Instance gives it, for no field of its own', () => {
	const files = form({ name: 'Receipts', type: 'attachmentV2' });
	const entered = { Receipts: 'data', 'Receipts names': ['a.pdf'] };
	expect(fillForm(files, entered, HOW)).toMatchObject({ widgets: [{ id: 'w0' }] });
});
