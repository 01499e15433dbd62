import { readForm } from '../../approval/form';

const values = (...widgets: unknown[]) => readForm(JSON.stringify(widgets)).values;
const contact = (value: unknown, beside = {}) =>
	values({ id: 'w', name: 'Delegate', type: 'contact', value, ...beside });

describe('the people of a contact', () => {
	it.each([
		['objects with an ID', [{ id: 'ou_a' }, { id: 'ou_b', name: 'Li' }], ['ou_a', 'ou_b']],
		['objects with a user ID', [{ user_id: 'u1' }], ['u1']],
		['objects with a union ID', [{ union_id: 'on_1' }], ['on_1']],
		['objects with a number', [{ user_id: 7 }], [7]],
		['one object', { id: 'ou_a' }, ['ou_a']],
		['an object with user IDs', { user_ids: ['u1', 'u2'] }, ['u1', 'u2']],
		['an object without anybody', { user_ids: [] }, []],
		['IDs and objects', ['u1', { id: 'ou_a' }], ['u1', 'ou_a']],
		['objects of which some have an open ID', [{ open_id: 'ou_a' }, { id: 'x' }], ['ou_a', 'x']],
	])('are a list of IDs if they come as %s', (_case, value, ids) => {
		expect(contact(value)).toEqual({ Delegate: ids });
	});

	it.each([
		['objects with an open ID', [{ open_id: 'ou_d' }], ['ou_d'], ['ou_d']],
		['an object with open IDs', { open_ids: ['ou_d'] }, ['ou_d'], ['ou_d']],
		[
			'a list of such',
			[{ open_ids: ['ou_d'] }, { open_ids: ['ou_e'] }],
			['ou_d', 'ou_e'],
			['ou_d', 'ou_e'],
		],
		['both kinds', { user_ids: ['u1'], open_ids: ['ou_d'] }, ['u1'], ['ou_d']],
		['both kinds, of each', [{ user_id: 'u1', open_id: 'ou_d' }], ['u1'], ['ou_d']],
		['a user ID that the app may not see', [{ user_id: '', open_id: 'ou_d' }], ['ou_d'], ['ou_d']],
		['user IDs that it may not see', { user_ids: [], open_ids: ['ou_d'] }, ['ou_d'], ['ou_d']],
		['an object without anybody', { open_ids: [] }, [], []],
	])('have their open IDs beside them if they come as %s', (_case, value, ids, openIds) => {
		expect(contact(value)).toEqual({ Delegate: ids, 'Delegate open_ids': openIds });
	});

	it.each([[undefined], [null], [[]], [''], [{}], [{ user_ids: [] }]])(
		'are the open IDs that stand beside the value, where that is %j',
		(value) => {
			const read = contact(value, { open_ids: ['ou_1'] });
			expect(read).toEqual({ Delegate: ['ou_1'], 'Delegate open_ids': ['ou_1'] });
		},
	);

	it('keep the open IDs that stand beside the value', () => {
		const read = contact([{ user_id: 'u1', open_id: 'ou_x' }], { open_ids: ['ou_1'] });
		expect(read).toEqual({ Delegate: ['u1'], 'Delegate open_ids': ['ou_1'] });
	});

	it.each([
		['objects without an ID', [{ name: 'Li' }]],
		['lists', [[{ id: 'ou_a' }]]],
		['an ID and an object without one', ['u1', {}]],
		['IDs that are none', [{ user_ids: [{}] }]],
		['an empty object', {}],
		['nothing among objects', [{ id: 'ou_a' }, null]],
	])('stay as they came if nobody knows what they are: %s', (_case, value) => {
		expect(contact(value)).toEqual({ Delegate: value });
	});
});

describe('departments', () => {
	const department = (value: unknown, beside = {}) =>
		values({ id: 'w', name: 'Team', type: 'department', value, ...beside });

	it.each([
		['objects', [{ open_id: 'od-x', name: 'Sales' }, { open_id: 'od-y' }], ['od-x', 'od-y']],
		['objects with an ID', [{ id: 'od-x' }], ['od-x']],
		['objects with the long name of it', [{ open_department_id: 'od-x' }], ['od-x']],
		['one object', { open_id: 'od-x' }, ['od-x']],
		['an object with open IDs', { open_ids: ['od-x', 'od-y'] }, ['od-x', 'od-y']],
		['IDs', ['od-x'], ['od-x']],
		['widgets, by the look of it', [{ id: 'od-x', type: 'x', value: 1 }], ['od-x']],
	])('stay as they came, with their open IDs beside them: %s', (_case, value, ids) => {
		expect(department(value)).toEqual({ Team: value, 'Team open_ids': ids });
	});

	it.each([
		[null],
		[[]],
		[''],
		[{}],
		[['Sales']],
		[[{ name: 'Sales' }]],
		[[{ open_id: 'od-x' }, { name: 'Sales' }]],
		[[{ id: '7' }]],
	])('have none beside them where not each has one: %j', (value) => {
		expect(department(value)).toEqual({ Team: value });
	});

	it('keep the open IDs that stand beside the value', () => {
		const read = department([], { open_ids: ['od-x'] });
		expect(read).toEqual({ Team: [], 'Team open_ids': ['od-x'] });
	});
});
