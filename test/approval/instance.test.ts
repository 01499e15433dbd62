import { isWanted, simplifyInstance } from '../../approval/instance';

describe('a simplified instance', () => {
	it('has every key even if Feishu sent nothing', () => {
		expect(simplifyInstance({})).toEqual({
			instance_code: null,
			approval_code: null,
			approval_name: null,
			serial_number: null,
			status: null,
			user_id: null,
			open_id: null,
			department_id: null,
			start_time: null,
			end_time: null,
			form_values: {},
			pending_tasks: [],
		});
	});

	it('has null for IDs that the app may not see, which Feishu leaves out or empties', () => {
		const ids = { user_id: null, open_id: null, department_id: null };
		const hidden = { user_id: '', open_id: '', department_id: '' };
		expect(simplifyInstance(hidden)).toMatchObject(ids);
		const task = { id: '1', status: 'PENDING', user_id: '', open_id: '' };
		expect(simplifyInstance({ task_list: [task] }).pending_tasks).toEqual([
			{ task_id: '1', user_id: null, open_id: null, node_name: null, type: null, start_time: null },
		]);
	});

	it('has the open tasks alone', () => {
		const states = ['APPROVED', 'PENDING', 'REJECTED', 'TRANSFERRED', 'DONE', 'PENDING'];
		const task_list = states.map((status, index) => ({ id: String(index), status }));
		expect(simplifyInstance({ task_list }).pending_tasks).toEqual([
			expect.objectContaining({ task_id: '1' }),
			expect.objectContaining({ task_id: '5' }),
		]);
	});

	it.each([undefined, null, '', 'text', {}, [null, undefined, 3]])(
		'has no tasks where Feishu sent %j for them',
		(task_list) => {
			expect(simplifyInstance({ task_list } as never).pending_tasks).toEqual([]);
		},
	);

	it('carries the form only where it could not be read', () => {
		expect(simplifyInstance({ form: '[]' })).not.toHaveProperty('form');
		expect(simplifyInstance({ form: 'not JSON' })).toMatchObject({
			form: 'not JSON',
			form_values: {},
		});
	});
});

describe('an instance that is wanted', () => {
	const NOON = 1_700_000_000_000;
	const of = (status: string, end: unknown) => ({ status, end_time: end }) as never;

	it('is any, where nothing is said', () => {
		expect(isWanted(of('PENDING', '0'), {})).toBe(true);
		expect(isWanted({}, {})).toBe(true);
	});

	it('has one of the statuses', () => {
		expect(isWanted(of('APPROVED', '0'), { status: ['PENDING', 'APPROVED'] })).toBe(true);
		expect(isWanted(of('REJECTED', '0'), { status: ['PENDING', 'APPROVED'] })).toBe(false);
		expect(isWanted({}, { status: ['PENDING'] })).toBe(false);
	});

	it.each([
		[String(NOON), true],
		[NOON, true],
		[String(NOON - 1), false],
		[String(NOON + 9), true],
		[String(NOON + 10), false],
		['0', false],
		['', false],
		[undefined, false],
		['soon', false],
	])('has ended in the period: %j %j', (end, isIt) => {
		const period = { endedAfter: NOON, endedBefore: NOON + 10 };
		expect(isWanted(of('APPROVED', end), period)).toBe(isIt);
		if (isIt) expect(isWanted(of('APPROVED', end), { endedAfter: NOON })).toBe(true);
		if (!isIt && Number(end) > NOON)
			expect(isWanted(of('APPROVED', end), { endedBefore: NOON + 10 })).toBe(false);
	});

	it('has ended at all, where only the later end is said', () => {
		expect(isWanted(of('PENDING', '0'), { endedBefore: NOON })).toBe(false);
		expect(isWanted(of('APPROVED', NOON - 1), { endedBefore: NOON })).toBe(true);
	});
});
