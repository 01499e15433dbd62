import { simplifyInstance } from '../../approval/instance';

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
