import { readForm } from '../../../../nodes/FeishuApproval/approval/form';

const values = (...widgets: unknown[]) => readForm(JSON.stringify(widgets)).values;

describe('the keys of a form', () => {
	const all = { id: 'widget1', custom_id: 'amount_due', name: 'Amount', type: 'input', value: 'x' };

	it.each([
		['the custom ID', all, 'amount_due'],
		['else the name', { ...all, custom_id: '' }, 'Amount'],
		['else the name, with a custom ID of null', { ...all, custom_id: null }, 'Amount'],
		['else the ID', { ...all, custom_id: undefined, name: undefined }, 'widget1'],
		['else a stock word', { type: 'input', value: 'x' }, 'widget'],
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

describe('the values of a form', () => {
	it('are null for widgets that have none', () => {
		expect(values({ custom_id: 'user_info', name: 'Item', type: 'textarea' })).toEqual({
			user_info: null,
		});
	});

	it.each([
		[
			'as Feishu gives it',
			{ country_code: '+86', national_number: '13100000000' },
			'+8613100000000',
		],
		['in camel case', { countryCode: '+86', nationalNumber: '13100000000' }, '+8613100000000'],
		['without a country', { national_number: '13100000000' }, '13100000000'],
		['that is text already', '+8613100000000', '+8613100000000'],
		['that is empty', null, null],
	])('are one text for a telephone %s', (_case, value, text) => {
		expect(values({ name: 'Phone', type: 'telephone', value })).toEqual({ Phone: text });
	});

	it.each([
		['beside it', { currency: 'USD' }],
		[
			'in its ext',
			{ ext: { capitalValue: 'one', currency: 'USD', currencyRange: ['USD', 'CNY'] } },
		],
		['in its option', { option: { currency: 'USD' }, ext: null }],
	])('have the currency of an amount that stands %s', (_case, where) => {
		expect(values({ name: 'Sum', type: 'amount', value: 1.5, ...where })).toEqual({
			Sum: 1.5,
			'Sum currency': 'USD',
		});
	});

	it('have no currency where the answer carries none', () => {
		expect(values({ name: 'Sum', type: 'amount', value: 1.5, ext: null })).toEqual({ Sum: 1.5 });
	});

	it('have the rows of a field list as objects, amounts and doubles in them too', () => {
		const row = (sum: number) => [
			{ id: 'a', name: 'Item', type: 'input', value: 'Hotel' },
			{ id: 'b', name: 'Item', type: 'input', value: 'Night' },
			{ id: 'c', name: 'Cost', type: 'amount', value: sum, ext: { currency: 'CNY' } },
		];
		const line = (sum: number) => ({
			Item: 'Hotel',
			'Item (2)': 'Night',
			Cost: sum,
			'Cost currency': 'CNY',
		});
		expect(values({ name: 'Items', type: 'fieldList', value: [row(1), row(2)] })).toEqual({
			Items: [line(1), line(2)],
		});
	});

	it.each([
		['no rows', []],
		['no value', null],
		['text', 'none'],
		['rows that are no lists', [{ Item: 'Hotel' }, 'x']],
	])('are left alone for a field list with %s', (_case, value) => {
		expect(values({ name: 'Items', type: 'fieldList', value })).toEqual({ Items: value });
	});

	it('have the people of a contact: the user IDs, and the open IDs beside them', () => {
		const contact = { name: 'Who', type: 'contact', value: ['b1c39e27'], open_ids: ['ou_1'] };
		expect(values(contact)).toEqual({ Who: ['b1c39e27'], 'Who open_ids': ['ou_1'] });
	});

	it.each([[[]], [null], [undefined]])(
		'have the open IDs of a contact whose user IDs the app may not see (%j)',
		(value) => {
			const contact = { name: 'Who', type: 'contact', value, open_ids: ['ou_1'] };
			expect(values(contact)).toEqual({ Who: ['ou_1'], 'Who open_ids': ['ou_1'] });
		},
	);

	it.each(['attachment', 'attachmentV2', 'image', 'imageV2'])(
		'have working links for %s, where Feishu escaped the "&"',
		(type) => {
			const value = ['https://a.example/1?x\\u0026y', 'https://a.example/2?x&y'];
			expect(values({ name: 'Files', type, value })).toEqual({
				Files: ['https://a.example/1?x&y', 'https://a.example/2?x&y'],
			});
		},
	);

	it('pass through for types that nobody knows yet', () => {
		const value = { deep: [{ nested: null }], text: 'a\\u0026b' };
		expect(values({ name: 'New', type: 'typeOfTomorrow', value })).toEqual({ New: value });
		expect(values({ name: 'Untyped', value })).toEqual({ Untyped: value });
	});
});

describe('a form that cannot be read', () => {
	it.each([undefined, null, '', '[]'])('has no values if it is %j', (form) => {
		expect(readForm(form)).toEqual({ values: {} });
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
