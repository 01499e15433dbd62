import { EVENT_KINDS } from '../../../../nodes/FeishuApprovalTrigger/events/catalogue';
import { readEvent } from '../../../../nodes/FeishuApprovalTrigger/events/envelope';
import { itemOf } from '../../../../nodes/FeishuApprovalTrigger/events/item';
import {
	ALL_SAMPLES,
	APPROVAL,
	attendanceCorrection,
	businessTrip,
	ccChanged,
	definitionUpdated,
	EVENT_ID,
	INSTANCE,
	instanceChanged,
	leave,
	leaveV2,
	oldApproval,
	outOfOffice,
	overtime,
	revoked,
	shift,
	taskChanged,
	TOKEN,
	v1,
	v2,
} from '../samples';

function item(body: unknown, simplify = true) {
	const event = readEvent(body);
	if (event === undefined) throw new Error('The sample is no event');
	return itemOf(event, simplify);
}

const BASE = [
	'event',
	'event_type',
	'event_id',
	'approval_code',
	'instance_code',
	'task_id',
	'status',
	'user_id',
	'open_id',
	'comment',
	'time',
];

it.each(EVENT_KINDS)('the item of %s begins with what all items have', (kind) => {
	const json = item(ALL_SAMPLES[kind]);
	expect(Object.keys(json).slice(0, BASE.length)).toEqual(BASE);
	expect(json).toMatchObject({ event: kind, event_id: EVENT_ID });
	expect(JSON.parse(JSON.stringify(json))).toEqual(json);
	expect(JSON.stringify(json)).not.toContain(TOKEN);
});

it.each([
	['instance', instanceChanged(), oldApproval('reject')],
	[
		'instance, followed by a person',
		instanceChanged(),
		v2('approval.instance.status_changed_v4', {}),
	],
	['task', taskChanged(), v1({ type: 'approval_task' })],
	['task, followed by a person', taskChanged(), v2('approval.task.status_changed_v4', {})],
	['CC', ccChanged(), v1({ type: 'approval_cc' })],
	['leave', leave(), leaveV2()],
	['revoked leave', leave(), revoked('leave_approval_revert')],
	['revoked overtime', overtime(), revoked('work_approval_revert')],
	['revoked absence', outOfOffice(), revoked('out_approval_revert')],
	['old trip', businessTrip(), v1({ type: 'trip_approval' })],
	['old correction', attendanceCorrection(), v1({ type: 'remedy_approval' })],
	['definition', definitionUpdated(), v2('approval.approval.updated_v4', {})],
])('all items of one kind have the same fields: %s', (_name, one, other) => {
	expect(Object.keys(item(other))).toEqual(Object.keys(item(one)));
});

describe('instances', () => {
	it('have the ID of the event and that of their creation', () => {
		expect(item(instanceChanged())).toEqual({
			event: 'instanceStatusChanged',
			event_type: 'approval_instance',
			event_id: EVENT_ID,
			approval_code: APPROVAL,
			instance_code: INSTANCE,
			task_id: null,
			status: 'APPROVED',
			user_id: null,
			open_id: null,
			comment: null,
			time: '2022-10-18T07:46:47.003Z',
			uuid: '6525bffb',
			reverted_instance_code: null,
			external_id: null,
		});
	});

	it('that are revoked have both codes, and a number as their time', () => {
		const body = instanceChanged({
			status: 'REVERTED',
			operate_time: 1666079207003,
			reverted_instance_code: 'THE-FIRST-ONE',
		});
		expect(item(body)).toMatchObject({
			status: 'REVERTED',
			instance_code: INSTANCE,
			reverted_instance_code: 'THE-FIRST-ONE',
			time: '2022-10-18T07:46:47.003Z',
		});
	});

	it('that a person follows have the person who began them', () => {
		const start_user = { union_id: 'on_1', user_id: '', open_id: 'ou_1' };
		const body = v2('approval.instance.status_changed_v4', { status: 'PENDING', start_user });
		expect(item(body)).toMatchObject({ user_id: null, open_id: 'ou_1', status: 'PENDING' });
	});

	it.each(['OVERTIME_CLOSE', 'OVERTIME_RECOVER', 'SOMETHING_NEW'])(
		'keep the status %s',
		(status) => {
			expect(item(instanceChanged({ status })).status).toBe(status);
		},
	);
});

describe('tasks', () => {
	it('have their person and their node', () => {
		expect(item(taskChanged())).toMatchObject({
			task_id: '12345',
			user_id: 'b613t51g',
			open_id: 'ou_123456',
			node_id: 'node1',
			custom_node_id: 'manager',
			rollback_node_ids: [],
			rollback_custom_node_ids: [],
		});
	});

	it('that were rolled back name the nodes', () => {
		const extra = '{"rollback_node_ids":["a","b"],"rollback_custom_node_ids":["c"]}';
		expect(item(taskChanged({ status: 'ROLLBACK', extra }))).toMatchObject({
			rollback_node_ids: ['a', 'b'],
			rollback_custom_node_ids: ['c'],
		});
	});

	it.each(['', '{', 'none', '7', 'null', null, undefined, [], {}])(
		'may have an odd extra: %j',
		(extra) => {
			expect(item(taskChanged({ extra }))).toMatchObject({
				rollback_node_ids: [],
				rollback_custom_node_ids: [],
			});
		},
	);

	it('that nobody decided have no person', () => {
		expect(item(taskChanged({ open_id: '', user_id: '' }))).toMatchObject({
			user_id: null,
			open_id: null,
		});
	});

	it('have an ID that is a text, also if it came as a number', () => {
		expect(item(taskChanged({ task_id: 12345 })).task_id).toBe('12345');
	});

	it('that a person follows have the person whose they are', () => {
		const assigned_user = { user_id: 'u1', open_id: 'ou_1' };
		const body = v2('approval.task.status_changed_v4', { task_id: '1', assigned_user });
		expect(item(body)).toMatchObject({ task_id: '1', user_id: 'u1', open_id: 'ou_1' });
	});
});

it('a CC says whether it was made or read', () => {
	expect(item(ccChanged())).toMatchObject({
		status: 'READ',
		user_id: '12345',
		cc_id: '123445',
		from: null,
		time: '2017-08-08T13:33:27.000Z',
	});
});

it('a definition has its version, and its process as an object', () => {
	expect(item(definitionUpdated())).toMatchObject({
		approval_code: APPROVAL,
		instance_code: null,
		version_id: '7459343285667611234',
		widget_group_type: 0,
		process: { lineList: [] },
		time: '2025-01-13T10:21:38.000Z',
	});
});

it.each(['', null, undefined])(
	'a definition has no process where the event tells none (%j)',
	(process_obj) => {
		const body = v2('approval.approval.updated_v4', { object: { process_obj } });
		expect(item(body).process).toBeNull();
	},
);

describe('leave', () => {
	const SAME = {
		status: 'APPROVED',
		user_id: 'g6964gd3',
		open_id: 'ou_xxx',
		start_time: '2020-05-15T07:22:26.000Z',
		end_time: '2020-05-15T07:22:34.000Z',
		leave_type: 'Annual leave',
		leave_unit: 'HALF_DAY',
		leave_start_time: '2026-09-05 13:30:00',
		leave_end_time: '2026-09-05 18:00:00',
		leave_interval: 16200,
	};
	const RANGE = [{ start: '2026-09-05 13:30:00', end: '2026-09-05 18:00:00' }];

	it.each([
		['leave_approval', leave()],
		['leave_approvalV2', leaveV2()],
	])('is the same in both versions: %s', (_name, body) => {
		expect(item(body)).toMatchObject(SAME);
	});

	it('has its ranges and labels out of texts that are no JSON', () => {
		expect(item(leaveV2())).toMatchObject({ leave_range: RANGE, leave_detail: RANGE });
	});

	it.each([
		['JSON in a text', '[["2026-09-05 13:30:00","2026-09-05 18:00:00"]]', RANGE],
		['lists', [['2026-09-05 13:30:00', '2026-09-05 18:00:00']], RANGE],
		[
			'seconds',
			[[1589527346, 1589527354]],
			[{ start: '2020-05-15T07:22:26.000Z', end: '2020-05-15T07:22:34.000Z' }],
		],
		['nothing', undefined, []],
		['an empty text', '', []],
		['an empty list', '[]', []],
		['a text cut off', '[[2026-09-05 13:30:00,', ['[[2026-09-05 13:30:00,']],
		['words', 'all day', ['all day']],
		['more than a pair', [['a', 'b', 'c']], [['a', 'b', 'c']]],
	])('has its ranges out of %s', (_name, leave_range, expected) => {
		expect(item(leaveV2({ leave_range })).leave_range).toEqual(expected);
	});

	it.each([
		['JSON in a text', '[{"is_default":true,"locale":"en_us","texts":{"@i18n@1":"Annual leave"}}]'],
		['objects', [{ is_default: true, texts: { '@i18n@1': 'Annual leave' } }]],
		['JSON in texts in a list', ['{"is_default":true,"texts":{"@i18n@1":"Annual leave"}}']],
		['one object', { is_default: true, texts: { '@i18n@1': 'Annual leave' } }],
		['JSON within JSON', [{ is_default: true, texts: '{"@i18n@1":"Annual leave"}' }]],
		[
			'two languages, the default last',
			[
				{ is_default: false, texts: { '@i18n@1': 'Jahresurlaub' } },
				{ is_default: true, texts: { '@i18n@1': 'Annual leave' } },
			],
		],
		[
			'two languages, the default first',
			'[{is_default=true, locale=en_us, texts={@i18n@2=Sick, @i18n@1=Annual leave}}, {is_default=false, locale=de_de, texts={@i18n@1=Jahresurlaub}}]',
		],
		[
			'two languages without a default for the key',
			[
				{ is_default: true, texts: { '@i18n@2': 'Other' } },
				{ is_default: false, texts: { '@i18n@1': 'Annual leave' } },
			],
		],
	])('has its label out of %s', (_name, i18n_resources) => {
		expect(item(leaveV2({ i18n_resources })).leave_type).toBe('Annual leave');
	});

	it('has a label with a comma whole', () => {
		const i18n_resources = '[{is_default=true,locale=en,texts={@i18n@1=Leave, paid,@i18n@2=Sick}}]';
		expect(item(leaveV2({ i18n_resources })).leave_type).toBe('Leave, paid');
	});

	it.each([undefined, '', '[', '[{texts=}]', [], [null], [{ texts: null }], '[{texts={@i18n@1'])(
		'keeps the key where there is no label (%j)',
		(i18n_resources) => {
			expect(item(leaveV2({ i18n_resources })).leave_type).toBe('@i18n@1');
		},
	);

	it('that was revoked has neither person nor times', () => {
		expect(item(revoked('leave_approval_revert', '1589527354'))).toMatchObject({
			status: 'REVERTED',
			instance_code: INSTANCE,
			time: '2020-05-15T07:22:34.000Z',
			user_id: null,
			open_id: null,
			leave_type: null,
			start_time: null,
		});
	});
});

it('overtime has its parts, with numbers', () => {
	expect(item(overtime())).toMatchObject({
		user_id: 'g6964gd3',
		work_type: null,
		work_interval: 7200,
		work_start_time: '2026-09-05 18:00:00',
		work_detail: [{ start: '18:00', end: '20:00', rule_associated: 0, interval: 7200 }],
		allow_multi_time_range: true,
		work_multi_imitate_users: [],
	});
});

it('a shift has its local times as they came', () => {
	expect(item(shift())).toMatchObject({
		shift_time: '2018-12-01 12:00:00',
		return_time: '2018-12-02 12:00:00',
		shift_reason: 'Swapped',
	});
});

it('an absence has its label and its unit in words', () => {
	expect(item(outOfOffice())).toMatchObject({
		out_name: 'Customer',
		out_unit: 'HALF_DAY',
		out_interval: 10800,
		out_start_time: '2020-05-15 15:00:00',
		out_image: null,
	});
});

it('a business trip has its people and its parts, with numbers', () => {
	expect(item(businessTrip())).toMatchObject({
		approval_code: null,
		user_id: 'abc456',
		open_id: 'ou_0e18',
		trip_interval: 561600,
		schedules: [{ trip_start_time: '2022-08-25 12:00:00', trip_interval: 561600 }],
		trip_peers: [{ user_id: 'abc123', open_id: 'ou_0e19' }],
	});
});

it.each([1661333019, '1661333019', 1661333019000, '1661333019000'])(
	'a correction has its time, in seconds or milliseconds: %j',
	(remedy_time) => {
		expect(item(attendanceCorrection(remedy_time)).remedy_time).toBe('2022-08-24T09:23:39.000Z');
	},
);

it.each([
	['2026-09-05 09:00', '2026-09-05 09:00'],
	['', null],
	['0', null],
	[0, null],
	[undefined, null],
	[null, null],
	['99999999999999999999', '99999999999999999999'],
])('a time that is none (%j) becomes %j', (remedy_time, expected) => {
	const body = attendanceCorrection(remedy_time);
	expect(item(remedy_time === undefined ? v1({ type: 'remedy_approval' }) : body).remedy_time).toBe(
		expected,
	);
});

it.each([
	['561600', 561600],
	['1.5', 1.5],
	['', null],
	['soon', 'soon'],
	['0x10', '0x10'],
	['6222021234567890123', '6222021234567890123'],
	[true, true],
])('a number as text (%j) becomes %j', (leave_interval, expected) => {
	expect(item(leave({ leave_interval })).leave_interval).toBe(expected);
});

describe('without Simplify, the item is what came', () => {
	it('but the token', () => {
		const body = instanceChanged();
		const came = item(body, false);
		delete body.token;
		expect(came).toEqual(body);
	});

	it('also of an event that nobody knows, in both ways', () => {
		const body = v2('im.message.receive_v1', { message: { text: 'hello' } });
		const items = [true, false].map((simplify) => item(body, simplify));
		delete (body.header as Record<string, unknown>).token;
		expect(items).toEqual([body, body]);
	});
});
