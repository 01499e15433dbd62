import { readForm } from '../../approval/form';

const values = (...widgets: unknown[]) => readForm(JSON.stringify(widgets)).values;

const input = (name: string, value?: unknown) => ({
	id: `widget_${name}`,
	name,
	type: 'input',
	value,
});

describe('a group that comes as a list of widgets', () => {
	const LEAVE = [
		{ id: 'widgetLeaveGroupType', name: 'Type', type: 'radioV2', value: 'Annual' },
		{
			id: 'widgetLeaveGroupStartTime',
			name: 'Start',
			type: 'date',
			value: '2026-10-09T08:00:00+08:00',
		},
		{ id: 'widgetLeaveGroupInterval', name: 'Duration', type: 'radioV2', value: '1' },
	];

	it.each([
		'leaveGroupV2',
		'widgetLeaveGroupV2',
		'workGroup',
		'outGroup',
		'fieldList',
		'new',
		7,
		'',
	])('is an object, whatever its type is called: %j', (type) => {
		expect(values({ id: 'widgetLeaveGroupV2', name: '', type, value: LEAVE })).toEqual({
			widgetLeaveGroupV2: {
				Type: 'Annual',
				Start: '2026-10-09T08:00:00+08:00',
				Duration: '1',
			},
		});
	});

	it('has keys and values by the rules of the form', () => {
		const value = [
			{ ...input('A', 1), custom_id: 'first' },
			input('B', 2),
			input('B', 3),
			input('C'),
			{ id: 'x', type: 'amount', value: '12.50', currency: 'EUR' },
			{ id: 'p', type: 'contact', value: [{ id: 'ou_a' }] },
			{ id: 'f', type: 'image', value: 'https://x/a.png', ext: 'a.png' },
		];
		expect(values({ id: 'g', type: 'outGroup', value })).toEqual({
			g: {
				first: 1,
				B: 2,
				'B (2)': 3,
				C: null,
				x: 12.5,
				'x currency': 'EUR',
				p: ['ou_a'],
				f: ['https://x/a.png'],
				'f names': ['a.png'],
			},
		});
	});

	it('is an object at every depth, and lists of widgets are rows', () => {
		const row = (text: string) => [input('Cell', text)];
		const inner = { id: 'inner', type: 'unknown', value: [row('a'), [], row('b')] };
		const middle = { id: 'middle', type: 'hrGroup', value: [inner, input('Beside', 1)] };
		const table = { id: 'table', type: 'fieldList', value: [[middle]] };
		expect(values({ id: 'outer', type: 'workGroup', value: [table] })).toEqual({
			outer: {
				table: [{ middle: { inner: [{ Cell: 'a' }, {}, { Cell: 'b' }], Beside: 1 } }],
			},
		});
	});

	it('leaves the form as it came if it is nested beyond all measure', () => {
		const open = '[{"id":"g","type":"t","value":'.repeat(50_000);
		const form = `${open}1${'}]'.repeat(50_000)}`;
		expect(readForm(form)).toEqual({ values: {}, unread: form });
	});

	it.each([
		['a part that has the ID of a widget and no value', [{ id: 'widget1', type: 'input' }]],
		['a part with a custom ID', [{ custom_id: 'widget1', type: 'input' }]],
	])('may be %s', (_case, value) => {
		expect(values({ id: 'g', type: 'outGroup', value })).toEqual({ g: { widget1: null } });
	});
});

it.each([
	['an empty list', []],
	['a list of empty lists', [[], []]],
	['texts', ['Hotel']],
	['options', [{ key: 'k', text: 'Car' }]],
	['departments', [{ open_id: 'od-x', name: 'Sales' }]],
	['instance codes', ['81D31358-93AF-92D6-7425-01A5D67C4E71']],
	['objects with an ID alone', [{ id: '1', value: 'x' }]],
	['objects with a type alone', [{ type: 'text', value: 'x' }]],
	['folders', [{ id: '1', type: 'folder', name: 'Plans' }]],
	['a type that is no text', [{ id: '1', type: 5, value: 'x' }]],
	['widgets among other things', [input('A', 1), 'x']],
	['widgets and nothing', [input('A', 1), null]],
	['an object', { name: 'Annual', start: 'a', end: 'b', interval: 1 }],
	['an object that has widgets', { schedule: [input('A', 1)] }],
	['a trip', { schedule: [{ start: 'a', end: 'b', departure: 'x' }], peer: ['u1'] }],
])('what is no list of widgets stays as it is: %s', (_case, value) => {
	expect(values({ id: 'g', type: 'typeOfTomorrow', value })).toEqual({ g: value });
});

it('a row that is none stays as it is beside the rows', () => {
	const value = [[input('A', 1)], 'x', [5], { a: 1 }];
	expect(values({ id: 'g', type: 'mutableGroup', value })).toEqual({
		g: [{ A: 1 }, 'x', [5], { a: 1 }],
	});
});

it.each([
	['date', '2026-10-09T08:00:00+08:00', { timezoneOffset: -480 }],
	['formula', 12.5, { ext: { capitalValue: 'twelve' } }],
	['connect', ['81D31358'], { ext: { serialIDs: ['1'] } }],
	['text', 'Keep the receipts.', {}],
	['radioV2', 'High', { option: { key: 'k', text: 'High' } }],
	['checkboxV2', ['Car'], { option: [{ key: 'k', text: 'Car' }] }],
])('what stands beside the value of %s changes nothing', (type, value, beside) => {
	expect(values({ id: 'w', type, value, ...beside })).toEqual({ w: value });
});

it('a number that is too long for a number stays text, at every depth', () => {
	const card = '{"id":"c","name":"Card","type":"number","value":6222021234567890123}';
	const form = `[${card},{"id":"g","type":"outGroup","value":[${card}]},{"id":"n","type":"amount","value":9007199254740993}]`;
	expect(readForm(form).values).toEqual({
		Card: '6222021234567890123',
		g: { Card: '6222021234567890123' },
		n: '9007199254740993',
	});
});
