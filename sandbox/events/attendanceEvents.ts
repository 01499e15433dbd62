import { v1, v2, type Codes, type Fields } from './instanceEvents';
import type { PlatformEvent } from './model';

const START = 1_788_566_400;
const END = START + 32_400;
const PERIOD = { start_time: START, end_time: END };
const LOCAL = { start: '2026-09-05 09:00:00', end: '2026-09-05 18:00:00' };
const EMPLOYEE = { employee_id: 'f3ta757q', open_id: 'ou_3cda9c969f737aaa05e6915dce306cb9' };
const USER = { user_id: EMPLOYEE.employee_id, open_id: EMPLOYEE.open_id };
const LABELS = [{ is_default: true, locale: 'zh_cn', texts: { '@i18n@1': 'Annual leave' } }];

const LEAVE = {
	...PERIOD,
	leave_start_time: LOCAL.start,
	leave_end_time: LOCAL.end,
	leave_interval: END - START,
	leave_reason: 'Family visit',
};

const revert = () => ({ operate_time: String(END) });

/** The events of attendance (API sheet 6.2, 11.1, 11.2), all in the first envelope; times in s. */
const ATTENDANCE = {
	leave_approval: () => ({ ...EMPLOYEE, ...LEAVE, leave_type: 'Annual leave', leave_unit: 1 }),
	leave_approvalV2: () => ({
		...USER,
		...LEAVE,
		leave_type: 'Annual leave',
		leave_name: '@i18n@1',
		i18n_resources: JSON.stringify(LABELS),
		leave_unit: 'DAY',
		leave_detail: JSON.stringify([[LOCAL.start, LOCAL.end]]),
		leave_range: JSON.stringify([[LOCAL.start, LOCAL.end]]),
		leave_certification: [],
		leave_feeding_arrive_late: 0,
		leave_feeding_leave_early: 0,
		leave_feeding_rest_daily: 0,
		leave_difficult_labour: 0,
		leave_family_relation_type: '',
		leave_infant_num: 0,
		leave_pregnancy_age: 0,
		leave_pregnancy_check_up: 0,
		leave_premarital_check_up: 0,
		origin_instance_code: '',
	}),
	leave_approval_revert: revert,
	work_approval: () => ({
		...EMPLOYEE,
		...PERIOD,
		work_start_time: LOCAL.start,
		work_end_time: LOCAL.end,
		work_interval: END - START,
		work_reason: 'Release',
		work_type: '',
		time_range: [{ work_start_time: LOCAL.start, work_end_time: LOCAL.end }],
		work_detail: [
			{ start: LOCAL.start, end: LOCAL.end, rule_associated: 0, interval: END - START },
		],
		allow_multi_time_range: false,
		work_multi_imitate_users: [],
	}),
	work_approval_revert: revert,
	out_approval: () => ({
		...USER,
		...PERIOD,
		out_start_time: LOCAL.start,
		out_end_time: LOCAL.end,
		out_interval: END - START,
		out_name: '@i18n@1',
		out_unit: 'HALR_DAY',
		out_reason: 'At a customer',
		out_image: '',
		i18n_resources: LABELS,
	}),
	out_approval_revert: revert,
	shift_approval: () => ({
		...EMPLOYEE,
		...PERIOD,
		shift_time: LOCAL.start.slice(0, 10),
		return_time: '2026-09-12',
		shift_reason: 'Swapped with a colleague',
	}),
} satisfies Record<string, () => Fields>;

export type AttendanceType = keyof typeof ATTENDANCE;
export const ATTENDANCE_TYPES = Object.keys(ATTENDANCE) as AttendanceType[];

/** An event of attendance, with sample values where none are given. */
export function attendanceEvent(
	type: AttendanceType,
	{ approval_code, instance_code }: Codes,
	more: Fields = {},
): PlatformEvent {
	return v1(type, { approval_code, instance_code, ...ATTENDANCE[type](), ...more });
}

/** `approval.instance.trip_group_update_v4`: a business trip was approved; no approval code. */
export function tripEvent({ instance_code }: Codes, more: Fields = {}): PlatformEvent {
	const schedule = {
		departure: 'Beijing',
		departure_id: '1',
		destination: 'Shanghai',
		destination_ids: ['2'],
		remark: '',
		transportation: 'Train',
		trip_start_time: LOCAL.start,
		trip_end_time: LOCAL.end,
		trip_interval: END - START,
		trip_type: 'One way',
	};
	const object = {
		type: 'APPROVED',
		instance_code,
		...PERIOD,
		start_user: { id: { ...USER, union_id: 'on_94a1ee5551019f18cd73d9f111898cf2' } },
		schedules: [schedule],
		trip_interval: END - START,
		trip_reason: 'Customer visit',
		trip_peers: [],
		...more,
	};
	return v2('approval.instance.trip_group_update_v4', { object });
}

/** `approval.instance.remedy_group_update_v4`: a clock-in was corrected; no approval code. */
export function remedyEvent({ instance_code }: Codes, more: Fields = {}): PlatformEvent {
	const object = {
		type: 'remedy_approval_v2',
		instance_code,
		employee_id: EMPLOYEE.employee_id,
		...PERIOD,
		remedy_time: START,
		remedy_reason: 'Forgotten',
		status: 'APPROVED',
		...more,
	};
	return v2('approval.instance.remedy_group_update_v4', { object });
}
