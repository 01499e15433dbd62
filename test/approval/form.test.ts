import { readForm } from '../../approval/form';

const values = (...widgets: unknown[]) => readForm(JSON.stringify(widgets)).values;

describe('the keys of a form', () => {
	const all = { id: 'widget1', custom_id: 'amount_due', name: 'Amount', type: 'input', value: 'x' };

	it.each([
		['the custom ID', all, 'amount_due'],
		['else the name', { ...all, custom_id: '' }, 'Amount'],
		['else the name, with a custom ID of null', { ...all, custom_id: null }, 'Amount'],
		['else the ID', { ...all, custom_id: undefined, name: undefined }, 'widget1'],
		['a number where it is one', { id: 7, type: 'input', value: 'x' }, '7'],
		['else a stock word', { type: 'input', value: 'x' }, 'widget'],
		['never a list or an object', { id: ['a'], name: { toString: null }, value: 'x' }, 'widget'],
	])('are %s', (_case, widget, key) => {
		expect(values(widget)).toEqual({ [key]: 'x' });
	});

	it('get a number when met again', () => {
		const widget = { name: 'Note', type: 'input' };
		expect(
			values({ ...widget, value: 'a' }, { ...widget, value: 'b' }, { ...widget, value: 'c' }),
		).toEqual({ Note: 'a', 'Note (2)': 'b', 'Note (3)': 'c' });
	});

	it('do not collide with a widget that is itself called "… (2)"', () => {
		const [first, second, third] = ['Note', 'Note (2)', 'Note'];
		expect(
			values(
				{ name: first, type: 'input', value: 'a' },
				{ name: second, type: 'input', value: 'b' },
				{ name: third, type: 'input', value: 'c' },
			),
		).toEqual({ Note: 'a', 'Note (2)': 'b', 'Note (3)': 'c' });
	});

	it.each([
		['12.5', 12.5],
		[' 7 ', 7],
		['-0.01', -0.01],
		['', ''],
		['about 5', 'about 5'],
		['12345678901234567890', '12345678901234567890'],
		['1234567890123.123456789', '1234567890123.123456789'],
		['999999999999.999', 999999999999.999],
		['0x10', '0x10'],
		['1e3', '1e3'],
		['+5.', 5],
		[null, null],
	])('an amount %j is %j', (value, expected) => {
		const form = JSON.stringify([{ name: 'Sum', type: 'amount', value }]);
		expect(readForm(form).values).toEqual({ Sum: expected });
	});

	it.each([null, '', {}, []])('a currency %j is none', (currency) => {
		const form = JSON.stringify([{ name: 'Sum', type: 'amount', value: 1, currency }]);
		expect(readForm(form).values).toEqual({ Sum: 1 });
		const inside = JSON.stringify([
			{
				name: 'Sum',
				type: 'amount',
				value: 1,
				currency,
				option: { currency },
				ext: { currency: 'EUR' },
			},
		]);
		expect(readForm(inside).values).toEqual({ Sum: 1, 'Sum currency': 'EUR' });
	});

	it('tables within tables beyond all measure leave the form as it came', () => {
		const deep = 50_000;
		const open = '[[{"name":"T","type":"fieldList","value":'.repeat(deep);
		const form = `[{"name":"T","type":"fieldList","value":${open}[]${'}]]'.repeat(deep)}}]`;
		expect(readForm(form)).toEqual({ values: {}, unread: form });
	});

	it('a row of a table that is no row of fields stays as it is', () => {
		const value = [[{ name: 'Item', value: 'Hotel' }], [5], ['text', { name: 'x' }]];
		const form = JSON.stringify([{ name: 'Table', type: 'fieldList', value }]);
		expect(readForm(form).values).toEqual({
			Table: [{ Item: 'Hotel' }, [5], ['text', { name: 'x' }]],
		});
	});

	it('do not collide with the currency of an amount', () => {
		const amount = { name: 'Sum', type: 'amount', value: 5, currency: 'EUR' };
		const named = { name: 'Sum currency', type: 'input', value: 'mine' };
		expect(values(amount, named)).toEqual({
			Sum: 5,
			'Sum currency': 'EUR',
			'Sum currency (2)': 'mine',
		});
	});

	it.each(['__proto__', 'constructor', 'toString'])('may be %s', (key) => {
		const read = values(
			{ id: '1', custom_id: key, type: 'input', value: { polluted: true } },
			{ id: '2', name: 'Other', type: 'input', value: 'there' },
		);
		expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
		expect(Object.keys(read)).toEqual([key, 'Other']);
		expect(Object.getOwnPropertyDescriptor(read, key)?.value).toEqual({ polluted: true });
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});
});

it('a form that is a list already is read all the same', () => {
	expect(readForm([{ name: 'Note', type: 'input', value: 'x' }])).toEqual({
		values: { Note: 'x' },
	});
});

describe('a form that cannot be read', () => {
	it.each([undefined, null, '', '[]'])('has no values if it is %j', (form) => {
		expect(readForm(form)).toStrictEqual({ values: {} });
	});

	it.each(['not JSON', '[{"id":"widget1"', '{"id":"widget1"}', 'null', '3', '"text"', 'true'])(
		'is kept as it came: %s',
		(form) => {
			expect(readForm(form)).toEqual({ values: {}, unread: form });
		},
	);

	it.each([[null], ['text'], [3], [[]], [[{ name: 'In a list', value: 1 }]]])(
		'keeps the whole form beside the values if it holds %j among the widgets',
		(odd) => {
			const form = JSON.stringify([{ name: 'Fine', type: 'input', value: 'x' }, odd]);
			expect(readForm(form)).toEqual({ values: { Fine: 'x' }, unread: form });
		},
	);
});
