import { simplifyListedTask } from '../../approval/listedTasks';
import { simplifyCopy, simplifyFound, simplifyFoundTask } from '../../approval/searches';

const ENTRY = {
	approval: { code: 'A', name: 'Payment', is_external: false },
	group: { external_id: '', name: '' },
	instance: {
		code: 'I',
		external_id: '',
		user_id: 'ou_1',
		start_time: '1700000000000',
		end_time: '0',
		status: 'canceled',
		title: '',
		serial_id: '2026',
		link: { pc_link: '', mobile_link: '' },
	},
};
const FOUND = {
	instance_code: 'I',
	approval_code: 'A',
	approval_name: 'Payment',
	serial_number: '2026',
	status: 'CANCELED',
	user_id: 'ou_1',
	title: null,
	start_time: '2023-11-14T22:13:20.000Z',
	end_time: null,
	link: null,
};

it('an instance that was found speaks as Get Instance does', () => {
	expect(simplifyFound(ENTRY)).toEqual(FOUND);
});

it('title and link of third-party approvals are kept', () => {
	const instance = { ...ENTRY.instance, title: 'Trip', link: { pc_link: '', mobile_link: 'm' } };
	expect(simplifyFound({ ...ENTRY, instance })).toEqual({ ...FOUND, title: 'Trip', link: 'm' });
});

it('a copy that was found has its own person, time and state', () => {
	const cc = {
		user_id: 'ou_2',
		create_time: '1700000060000',
		read_status: 'unread',
		title: 'For you',
		link: { pc_link: 'pc', mobile_link: 'm' },
	};
	expect(simplifyCopy({ ...ENTRY, cc })).toEqual({
		...FOUND,
		title: 'For you',
		link: 'pc',
		cc_user_id: 'ou_2',
		cc_time: '2023-11-14T22:14:20.000Z',
		read_status: 'UNREAD',
	});
});

it('a task that was found tells its own status and times, and whose it is', () => {
	const task = {
		user_id: 'ou_3',
		start_time: '1700000060000',
		end_time: '1700000120000',
		update_time: '1700000180000',
		status: 'approved',
		title: '',
		task_id: 'T',
	};
	expect(simplifyFoundTask({ ...ENTRY, task })).toEqual({
		task_id: 'T',
		instance_code: 'I',
		approval_code: 'A',
		approval_name: 'Payment',
		serial_number: '2026',
		status: 'APPROVED',
		instance_status: 'CANCELED',
		user_id: 'ou_3',
		initiator_id: 'ou_1',
		title: null,
		start_time: '2023-11-14T22:14:20.000Z',
		end_time: '2023-11-14T22:15:20.000Z',
		update_time: '2023-11-14T22:16:20.000Z',
		link: null,
	});
});

it("one of a person's tasks is read with numbers and with words", () => {
	const task = {
		topic: '1',
		user_id: 'ou_3',
		title: 'Payment',
		urls: { helpdesk: '', mobile: 'm', pc: 'pc' },
		status: '1',
		process_status: '1',
		definition_code: 'A',
		definition_name: 'Payment',
		initiators: ['ou_1'],
		initiator_names: ['Lin'],
		task_id: 'T',
		process_code: 'I',
	};
	const simplified = {
		task_id: 'T',
		instance_code: 'I',
		approval_code: 'A',
		approval_name: 'Payment',
		title: 'Payment',
		topic: 'todo',
		status: 'PENDING',
		instance_status: 'PENDING',
		user_id: 'ou_3',
		initiator_ids: ['ou_1'],
		initiator_names: ['Lin'],
		link: 'pc',
	};
	expect(simplifyListedTask(task, 'todo')).toEqual(simplified);
	const inWords = { ...task, status: 'Todo', process_status: 'Running' };
	expect(simplifyListedTask(inWords, 'todo')).toEqual(simplified);
});

it.each([
	[simplifyFound, {}],
	[simplifyCopy, { instance: null, cc: 7 }],
	[simplifyFoundTask, { task: [], approval: 'x' }],
	[(task: object) => simplifyListedTask({ ...task }, 'done'), { urls: null }],
])('what is missing or of another kind is null (%#)', (simplify, entry) => {
	const values = Object.entries(simplify(entry as never)).filter(
		([name]) => !['topic', 'initiator_ids', 'initiator_names'].includes(name),
	);
	expect(values.filter(([, value]) => value !== null)).toEqual([]);
});
