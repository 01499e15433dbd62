import { readForm } from '../../approval/form';

const values = (...widgets: unknown[]) => readForm(JSON.stringify(widgets)).values;

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
		['without a number', { country_code: '+86' }, '+86'],
		['that is text already', '+8613100000000', '+8613100000000'],
		['that is empty', null, null],
	])('are one text for a telephone %s', (_case, value, text) => {
		expect(values({ name: 'Phone', type: 'telephone', value })).toEqual({ Phone: text });
	});

	it.each([
		['empty', {}],
		['with empty parts', { country_code: '', national_number: '' }],
		['with parts that are no text', { country_code: { code: 86 }, national_number: 131 }],
	])('are left alone for a telephone %s', (_case, value) => {
		expect(values({ name: 'Phone', type: 'telephone', value })).toEqual({ Phone: value });
	});

	it.each([
		['beside it', { currency: 'USD' }],
		['as its ext', { ext: 'USD' }],
		[
			'in its ext',
			{ ext: { capitalValue: 'one', currency: 'USD', currencyRange: ['USD', 'CNY'] } },
		],
		['in its option', { option: { currency: 'USD' }, ext: null }],
		['in its ext, the option having none', { option: {}, ext: { currency: 'USD' } }],
	])('have the currency of an amount that stands %s', (_case, where) => {
		expect(values({ name: 'Sum', type: 'amount', value: 1.5, ...where })).toEqual({
			Sum: 1.5,
			'Sum currency': 'USD',
		});
	});

	it.each([null, 'US', 'USDT', 'XUSD', 'usd', 'a.pdf', ['USD']])(
		'have no currency where the answer carries none: ext %j',
		(ext) => {
			const sum = values({ name: 'Sum', type: 'amount', value: 1.5, ext });
			expect(sum).toStrictEqual({ Sum: 1.5 });
		},
	);

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

	it.each([[['b1c39e27']], ['b1c39e27'], [[]], [null]])(
		'are a contact as it came (%j) where no open IDs stand beside it',
		(value) => {
			const contact = values({ name: 'Who', type: 'contact', value });
			expect(contact).toStrictEqual({ Who: value });
		},
	);

	it('have a contact that is no list as it came, with the open IDs beside it', () => {
		const contact = { name: 'Who', type: 'contact', value: 'b1c39e27', open_ids: ['ou_1'] };
		expect(values(contact)).toEqual({ Who: 'b1c39e27', 'Who open_ids': ['ou_1'] });
	});

	it.each(['attachment', 'attachmentV2', 'image', 'imageV2'])(
		'have working links for %s, where Feishu escaped the "&"',
		(type) => {
			const value = ['https://a.example/1?x\\u0026y', 'https://a.example/2?x&y'];
			expect(values({ name: 'Files', type, value })).toEqual({
				Files: ['https://a.example/1?x&y', 'https://a.example/2?x&y'],
			});
		},
	);

	it.each([null, '', 'none', 7, [null, 7, { url: 'https://a.example/1' }]])(
		'are left alone for an attachment of %j',
		(value) => {
			expect(values({ name: 'Files', type: 'attachment', value })).toEqual({ Files: value });
		},
	);

	it('pass through for types that nobody knows yet', () => {
		const value = { deep: [{ nested: null }], text: 'a\\u0026b' };
		expect(values({ name: 'New', type: 'typeOfTomorrow', value })).toEqual({ New: value });
		expect(values({ name: 'Untyped', value })).toEqual({ Untyped: value });
	});
});
