import fc from 'fast-check';

import {
	CATALOGUE,
	EVENT_KINDS,
	kindOf,
} from '../../../../nodes/FeishuApprovalTrigger/events/catalogue';
import { readEvent } from '../../../../nodes/FeishuApprovalTrigger/events/envelope';
import {
	filterEvent,
	type EventFilter,
} from '../../../../nodes/FeishuApprovalTrigger/events/filter';
import { EVENT_STATUSES } from '../../../../nodes/FeishuApprovalTrigger/events/status';
import { GENERATED } from '../../../hostile/judge';
import { anyJson, hostileText, PROTOTYPE_NAMES } from '../../../hostile/values';
import {
	ALL_SAMPLES,
	APPROVAL,
	attendanceCorrection,
	businessTrip,
	ccChanged,
	definitionUpdated,
	instanceChanged,
	leave,
	oldApproval,
	revoked,
	taskChanged,
	v1,
	v2,
} from '../samples';

const ALL: EventFilter = {
	kinds: EVENT_KINDS,
	approvalCodes: [],
	statuses: [],
	openTasksOnly: false,
	ignoreAutomatic: false,
	passOnUnknown: false,
};

function filter(body: unknown, options: Partial<EventFilter> = {}) {
	const event = readEvent(body);
	if (event === undefined) throw new Error('The sample is no event');
	return filterEvent(event, { ...ALL, ...options });
}

describe('the catalogue', () => {
	it('has a kind for each event that the platform has, and no event twice', () => {
		const types = EVENT_KINDS.flatMap((kind) => CATALOGUE[kind].types);
		expect(new Set(types).size).toBe(types.length);
		for (const kind of EVENT_KINDS) {
			const { types: own, consoleType } = CATALOGUE[kind];
			expect(own).toContain(consoleType);
			expect(own.map(kindOf)).toEqual(own.map(() => kind));
		}
	});

	it.each([
		['approval_instance', 'instanceStatusChanged'],
		['approval', 'instanceStatusChanged'],
		['approval.instance.status_changed_v4', 'instanceStatusChanged'],
		['approval_task', 'taskStatusChanged'],
		['approval.task.status_changed_v4', 'taskStatusChanged'],
		['approval_cc', 'ccChanged'],
		['approval.approval.updated_v4', 'definitionUpdated'],
		['leave_approval', 'leave'],
		['leave_approvalV2', 'leave'],
		['leave_approval_revert', 'leave'],
		['work_approval', 'overtime'],
		['work_approval_revert', 'overtime'],
		['out_approval', 'outOfOffice'],
		['out_approval_revert', 'outOfOffice'],
		['trip_approval', 'businessTrip'],
		['approval.instance.trip_group_update_v4', 'businessTrip'],
		['shift_approval', 'shift'],
		['remedy_approval', 'attendanceCorrection'],
		['approval.instance.remedy_group_update_v4', 'attendanceCorrection'],
	])('knows %s as %s', (type, kind) => {
		expect(kindOf(type)).toBe(kind);
	});

	it.each(['im.message.receive_v1', 'approval.approval.created_v4', '', ...PROTOTYPE_NAMES])(
		'knows nothing of %s',
		(type) => {
			expect(kindOf(type)).toBeUndefined();
		},
	);
});

describe('kinds', () => {
	it.each(EVENT_KINDS)('%s starts a run where it was chosen, and nowhere else', (kind) => {
		for (const chosen of EVENT_KINDS) {
			const expected = chosen === kind ? 'wanted' : 'unwanted';
			expect(filter(ALL_SAMPLES[kind], { kinds: [chosen] })).toBe(expected);
		}
	});

	it.each(['im.message.receive_v1', 'approval.approval.created_v4', '__proto__'])(
		'%s is of none: it starts no run unless unknown events are passed on',
		(type) => {
			expect(filter(v2(type, {}))).toBe('unwanted');
			expect(filter(v2(type, {}), { passOnUnknown: true })).toBe('wanted');
			expect(filter(v2(type, {}), { passOnUnknown: true, kinds: [] })).toBe('wanted');
		},
	);
});

describe('approval codes', () => {
	it.each([
		[[], 'wanted'],
		[[APPROVAL], 'wanted'],
		[['ANOTHER', APPROVAL.toLowerCase()], 'wanted'],
		[['ANOTHER'], 'unwanted'],
	])('%j: %s', (approvalCodes, verdict) => {
		for (const body of [instanceChanged(), oldApproval('approve'), definitionUpdated()]) {
			expect(filter(body, { approvalCodes })).toBe(verdict);
		}
	});

	it.each([
		['business trips', businessTrip()],
		['corrections', attendanceCorrection()],
	])('of %s have to be asked for', (_name, body) => {
		expect(filter(body)).toBe('wanted');
		expect(filter(body, { approvalCodes: [APPROVAL] })).toBe('needsApprovalCode');
		expect(filter(body, { approvalCodes: [APPROVAL], kinds: ['leave'] })).toBe('unwanted');
	});

	it('cannot be asked for where there is no instance either', () => {
		const body = v1({ type: 'approval_instance', status: 'APPROVED' });
		expect(filter(body, { approvalCodes: [APPROVAL] })).toBe('unwanted');
	});

	it('of unknown events count where they are there', () => {
		const options = { passOnUnknown: true, approvalCodes: ['ANOTHER'] };
		expect(filter(v2('approval.new_v5', { approval_code: APPROVAL }), options)).toBe('unwanted');
		expect(filter(v2('approval.new_v5', { approval_code: 'ANOTHER' }), options)).toBe('wanted');
		expect(filter(v2('im.message.receive_v1', {}), options)).toBe('wanted');
	});
});

describe('statuses', () => {
	it.each(EVENT_STATUSES)('%s is taken alone', (status) => {
		for (const changed of [instanceChanged, taskChanged]) {
			for (const other of EVENT_STATUSES) {
				const verdict = other === status ? 'wanted' : 'unwanted';
				expect(filter(changed({ status: other }), { statuses: [status] })).toBe(verdict);
			}
		}
	});

	it('count for the old event as well', () => {
		expect(filter(oldApproval('reject'), { statuses: ['REJECTED'] })).toBe('wanted');
		expect(filter(oldApproval('approve'), { statuses: ['REJECTED'] })).toBe('unwanted');
	});

	it('tell an approved leave from a revoked one', () => {
		expect(filter(leave(), { statuses: ['APPROVED'] })).toBe('wanted');
		expect(filter(revoked('leave_approval_revert'), { statuses: ['APPROVED'] })).toBe('unwanted');
		expect(filter(revoked('leave_approval_revert'), { statuses: ['REVERTED'] })).toBe('wanted');
	});

	it('are none of CCs and definitions', () => {
		for (const body of [ccChanged(), definitionUpdated()]) {
			expect(filter(body, { statuses: ['APPROVED'] })).toBe('wanted');
		}
	});

	it('are missing in an event that tells none', () => {
		const body = v1({ type: 'approval_instance', approval_code: APPROVAL });
		expect(filter(body, { statuses: ['APPROVED'] })).toBe('unwanted');
		expect(filter(body)).toBe('wanted');
	});
});

describe('open tasks only', () => {
	it.each(EVENT_STATUSES)('%s', (status) => {
		const isOpen = status === 'PENDING' || status === 'OVERTIME_RECOVER';
		const verdict = isOpen ? 'wanted' : 'unwanted';
		expect(filter(taskChanged({ status }), { openTasksOnly: true })).toBe(verdict);
	});

	it('leaves the statuses to the instances', () => {
		const options = { openTasksOnly: true, statuses: ['APPROVED'] };
		expect(filter(taskChanged(), options)).toBe('wanted');
		expect(filter(taskChanged({ status: 'APPROVED' }), options)).toBe('unwanted');
		expect(filter(instanceChanged(), options)).toBe('wanted');
		expect(filter(instanceChanged({ status: 'PENDING' }), options)).toBe('unwanted');
	});
});

describe('automatic decisions', () => {
	const verdict = (more: object) =>
		filter(taskChanged({ status: 'APPROVED', ...more }), { ignoreAutomatic: true });

	it('have a person with empty IDs', () => {
		expect(verdict({ open_id: '', user_id: '' })).toBe('unwanted');
		expect(verdict({ open_id: '', user_id: '', status: 'REJECTED' })).toBe('unwanted');
		expect(verdict({ open_id: '', user_id: undefined })).toBe('unwanted');
		expect(filter(taskChanged({ open_id: '', user_id: '' }))).toBe('wanted');
	});

	it('are not those of a person whose user ID the app may not see', () => {
		expect(verdict({ open_id: 'ou_1', user_id: '' })).toBe('wanted');
		expect(verdict({ open_id: '', user_id: 'u1' })).toBe('wanted');
		expect(verdict({ open_id: undefined, user_id: undefined })).toBe('wanted');
	});

	it('are no open tasks', () => {
		expect(verdict({ open_id: '', user_id: '', status: 'PENDING' })).toBe('wanted');
	});

	it('are those of tasks alone', () => {
		const body = instanceChanged({ open_id: '', user_id: '' });
		expect(filter(body, { ignoreAutomatic: true })).toBe('wanted');
	});

	it('of tasks that a person follows say so elsewhere', () => {
		const body = (open_id: string) =>
			v2('approval.task.status_changed_v4', { status: 'DONE', assigned_user: { open_id } });
		expect(filter(body(''), { ignoreAutomatic: true })).toBe('unwanted');
		expect(filter(body('ou_1'), { ignoreAutomatic: true })).toBe('wanted');
	});
});

it('whatever the event, there is a verdict', () => {
	const types = fc.constantFrom(...EVENT_KINDS.flatMap((kind) => CATALOGUE[kind].types), 'x');
	const fields = fc.dictionary(
		fc.constantFrom('status', 'operate', 'open_id', 'user_id', 'approval_code', 'event', 'object'),
		fc.oneof(hostileText, anyJson, fc.constantFrom('', 'PENDING', APPROVAL)),
	);
	const options = fc.record({
		kinds: fc.subarray([...EVENT_KINDS]),
		approvalCodes: fc.subarray([APPROVAL, 'x']),
		statuses: fc.subarray([...EVENT_STATUSES]),
		openTasksOnly: fc.boolean(),
		ignoreAutomatic: fc.boolean(),
		passOnUnknown: fc.boolean(),
	});
	fc.assert(
		fc.property(types, fields, options, (type, event, chosen) => {
			const verdict = filter(v1({ ...event, type }), chosen);
			expect(['wanted', 'unwanted', 'needsApprovalCode']).toContain(verdict);
			const kind = kindOf(type);
			if (kind !== undefined && !chosen.kinds.includes(kind)) expect(verdict).toBe('unwanted');
		}),
		GENERATED,
	);
});
