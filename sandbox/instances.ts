/* eslint-disable @n8n/community-nodes/no-hardcoded-secrets -- sample data, nothing here opens a door */
import { ACCOUNTANT, APPROVER, COLLEAGUE, INITIATOR } from './fixtures';
import type { AttachedFile, Instance } from './model';
import { RICH_FORM } from './richForm';

const SAMPLE_FILE: AttachedFile = {
	url: 'https://p3-approval-sign.byteimg.com/lark-approval-attachment/image/20220714/1/332f3596-0845-4746-a4bc-818d54ad435b.png~tplv-ottatrvjsm-image.image?x-expires=1659033558&x-signature=6edF3k%2BaHeAuvfcBRGOkbckoUl4%3D#.png',
	file_size: 186823,
	title: 'e018906140ed9388234bd03b0.png',
	type: 'image',
};

/** `data` of the Get Instance page's sample answer, value by value. */
export const SAMPLE_INSTANCE: Instance = {
	approval_name: 'Payment',
	start_time: '1564590532967',
	end_time: '1564590532967',
	user_id: 'f3ta757q',
	open_id: 'ou_3cda9c969f737aaa05e6915dce306cb9',
	serial_number: '202102060002',
	department_id: 'od-8ec33ffec336c3a39a278bc25e931676',
	status: 'PENDING',
	uuid: '1234567',
	form: '[{"id": "widget1","custom_id": "user_info","name": "Item application","type": "textarea"}]',
	task_list: [
		{
			id: '1234',
			user_id: 'f7cb567e',
			open_id: 'ou_123457',
			status: 'PENDING',
			node_id: '46e6d96cfa756980907209209ec03b64',
			node_name: '开始',
			custom_node_id: 'manager',
			type: 'AND',
			start_time: '1564590532967',
			end_time: '0',
		},
	],
	comment_list: [
		{
			id: '1234',
			user_id: 'f7cb567e',
			open_id: 'ou_123456',
			comment: 'ok',
			create_time: '1564590532967',
			files: [SAMPLE_FILE],
		},
	],
	timeline: [
		{
			type: 'PASS',
			create_time: '1564590532967',
			user_id: 'f7cb567e',
			open_id: 'ou_123456',
			user_id_list: ['f7cb567e'],
			open_id_list: ['ou_123456'],
			task_id: '1234',
			comment: 'ok',
			cc_user_list: [{ user_id: 'eea5gefe', cc_id: '123445', open_id: 'ou_12345' }],
			ext: '{"user_id":"62d4a44c","open_id":"ou_123456"}',
			node_key: 'APPROVAL_240330_4058663',
			files: [SAMPLE_FILE],
		},
	],
	modified_instance_code: '81D31358-93AF-92D6-7425-01A5D67C4E71',
	reverted_instance_code: '81D31358-93AF-92D6-7425-01A5D67C4E71',
	approval_code: '7C468A54-8745-2245-9675-08B7C63E7A85',
	reverted: false,
	instance_code: '81D31358-93AF-92D6-7425-01A5D67C4E71',
};

/** The CC Instance page's samples name this instance: its code equals its approval code. */
export const CC_SAMPLE_INSTANCE: Partial<Instance> = {
	instance_code: '7C468A54-8745-2245-9675-08B7C63E7A85',
	approval_code: '7C468A54-8745-2245-9675-08B7C63E7A85',
	uuid: 'cc-sample-0001',
	serial_number: '202102060003',
};

/** An expense claim as it comes from real life: every widget type, two nodes, one still open. */
export const EXPENSE_INSTANCE: Partial<Instance> = {
	approval_name: 'Expense claim',
	approval_code: '2F1E6B0C-53A9-4D0E-9C57-6E2B8D14A3F7',
	instance_code: 'B9C8F3A2-4D17-4E8B-A6D5-1F0E9C3B7A64',
	uuid: '5f2f7f0e-8f0a-4d6d-9a3c-2b6c1e7d9f10',
	serial_number: '202601150017',
	start_time: '1768443600000',
	end_time: '0',
	user_id: INITIATOR.user_id,
	open_id: INITIATOR.open_id,
	form: RICH_FORM,
	task_list: [
		{
			id: '7301234567890123456',
			user_id: APPROVER.user_id,
			open_id: APPROVER.open_id,
			status: 'APPROVED',
			node_id: 'b078ffd28db767c502ac367053f6e0ac',
			node_name: 'Manager',
			custom_node_id: 'manager',
			type: 'AND',
			start_time: '1768443600000',
			end_time: '1768447200000',
		},
		{
			id: '7301234567890123457',
			user_id: ACCOUNTANT.user_id,
			open_id: ACCOUNTANT.open_id,
			status: 'PENDING',
			node_id: '3f2a1b9c8d7e6f504132435465768798',
			node_name: 'Accounting',
			type: 'OR',
			start_time: '1768447200000',
			end_time: '0',
		},
	],
	comment_list: [],
	timeline: [
		{
			type: 'START',
			create_time: '1768443600000',
			user_id: INITIATOR.user_id,
			open_id: INITIATOR.open_id,
			ext: '',
		},
		{
			type: 'PASS',
			create_time: '1768447200000',
			user_id: APPROVER.user_id,
			open_id: APPROVER.open_id,
			task_id: '7301234567890123456',
			comment: 'Within budget',
			ext: '',
			node_key: 'APPROVAL_240330_4058663',
		},
		{
			type: 'CC',
			create_time: '1768447200500',
			user_id: APPROVER.user_id,
			open_id: APPROVER.open_id,
			user_id_list: [COLLEAGUE.user_id],
			open_id_list: [COLLEAGUE.open_id],
			task_id: '',
			comment: 'For your information',
			cc_user_list: [{ user_id: COLLEAGUE.user_id, cc_id: '123446', open_id: COLLEAGUE.open_id }],
			ext: JSON.stringify({ user_id: COLLEAGUE.user_id, open_id: COLLEAGUE.open_id }),
			node_key: '',
		},
	],
};

/** A leave that was approved: everything about it is over. */
export const LEAVE_INSTANCE: Partial<Instance> = {
	approval_name: 'Leave',
	approval_code: '9D3A6C1E-27B4-4F58-8E0A-5B7C2D9F4E61',
	instance_code: '4E7B1D90-8C35-4A62-B1F7-3D6E9A0C5F28',
	uuid: '0c9d6c52-3b1f-4c57-9a84-6f0e2d7b8a35',
	serial_number: '202601120004',
	status: 'APPROVED',
	start_time: '1768184400000',
	end_time: '1768188000000',
	user_id: INITIATOR.user_id,
	open_id: INITIATOR.open_id,
	form: JSON.stringify([
		{ id: 'widget1', custom_id: 'reason', name: 'Reason', type: 'input', value: 'Family visit' },
	]),
	task_list: [
		{
			id: '7300000000000000001',
			user_id: APPROVER.user_id,
			open_id: APPROVER.open_id,
			status: 'APPROVED',
			node_id: 'b078ffd28db767c502ac367053f6e0ac',
			node_name: 'Manager',
			type: 'AND',
			start_time: '1768184400000',
			end_time: '1768188000000',
		},
	],
	comment_list: [],
	timeline: [],
};

export const FIXTURE_INSTANCES: ReadonlyArray<Partial<Instance>> = [
	SAMPLE_INSTANCE,
	CC_SAMPLE_INSTANCE,
	EXPENSE_INSTANCE,
	LEAVE_INSTANCE,
];
