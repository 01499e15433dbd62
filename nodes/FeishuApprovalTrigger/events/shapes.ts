import type { EventKind } from './catalogue';
import {
	data,
	flag,
	label,
	list,
	number,
	period,
	person,
	text,
	time,
	withNumbers,
	word,
	type Read,
} from './fields';

const LEAVE_UNITS: ReadonlyMap<string, string> = new Map([
	['1', 'DAY'],
	['2', 'HALF_DAY'],
	['3', 'HOUR'],
	['4', 'HALF_HOUR'],
	['5', 'MINUTE'],
]);

/** So the platform writes it. */
const OUT_UNITS: ReadonlyMap<string, string> = new Map([['HALR_DAY', 'HALF_DAY']]);

/** When the approval was begun and when it was decided. */
const APPROVAL_TIMES = { start_time: time('start_time'), end_time: time('end_time') };

/** The extra of a task that was rolled back, which is JSON in a text. */
const rolledBackTo =
	(name: string): Read =>
	(fields) => {
		const extra = data('extra')(fields);
		return list(name)(typeof extra === 'object' && extra !== null ? { ...extra } : {});
	};

/**
 * What the item of a kind of event has beside what all have (API sheet 6.2, 11.1, 11.2). A field
 * that the event lacks is null, or an empty list.
 */
export const SHAPES: Readonly<Record<EventKind, Readonly<Record<string, Read>>>> = {
	instanceStatusChanged: {
		uuid: text('uuid'),
		reverted_instance_code: text('reverted_instance_code'),
		external_id: text('external_id'),
	},
	taskStatusChanged: {
		node_id: text('def_key', 'node_id'),
		custom_node_id: text('custom_key', 'custom_node_id'),
		rollback_node_ids: rolledBackTo('rollback_node_ids'),
		rollback_custom_node_ids: rolledBackTo('rollback_custom_node_ids'),
		external_id: text('task_external_id'),
	},
	ccChanged: { cc_id: text('id'), from: text('from') },
	definitionUpdated: {
		approval_id: text('approval_id'),
		version_id: text('version_id'),
		form_definition_id: text('form_definition_id'),
		widget_group_type: number('widget_group_type'),
		process: data('process_obj'),
	},
	leave: {
		...APPROVAL_TIMES,
		leave_type: label('leave_name', 'leave_type'),
		leave_unit: word('leave_unit', LEAVE_UNITS),
		leave_start_time: text('leave_start_time'),
		leave_end_time: text('leave_end_time'),
		leave_interval: number('leave_interval'),
		leave_reason: text('leave_reason'),
		leave_range: list('leave_range', period),
		leave_detail: list('leave_detail', period),
		leave_certification: list('leave_certification'),
		leave_feeding_arrive_late: number('leave_feeding_arrive_late'),
		leave_feeding_leave_early: number('leave_feeding_leave_early'),
		leave_feeding_rest_daily: number('leave_feeding_rest_daily'),
		leave_difficult_labour: number('leave_difficult_labour'),
		leave_family_relation_type: text('leave_family_relation_type'),
		leave_infant_num: number('leave_infant_num'),
		leave_pregnancy_age: number('leave_pregnancy_age'),
		leave_pregnancy_check_up: number('leave_pregnancy_check_up'),
		leave_premarital_check_up: number('leave_premarital_check_up'),
		origin_instance_code: text('origin_instance_code'),
	},
	overtime: {
		...APPROVAL_TIMES,
		work_type: label('work_type'),
		work_start_time: text('work_start_time'),
		work_end_time: text('work_end_time'),
		work_interval: number('work_interval'),
		work_reason: text('work_reason'),
		time_range: list('time_range'),
		work_detail: list('work_detail', withNumbers('interval', 'rule_associated')),
		allow_multi_time_range: flag('allow_multi_time_range'),
		work_multi_imitate_users: list('work_multi_imitate_users'),
	},
	shift: {
		...APPROVAL_TIMES,
		shift_time: text('shift_time'),
		return_time: text('return_time'),
		shift_reason: text('shift_reason'),
	},
	outOfOffice: {
		...APPROVAL_TIMES,
		out_name: label('out_name'),
		out_unit: word('out_unit', OUT_UNITS),
		out_start_time: text('out_start_time'),
		out_end_time: text('out_end_time'),
		out_interval: number('out_interval'),
		out_reason: text('out_reason'),
		out_image: text('out_image'),
	},
	businessTrip: {
		...APPROVAL_TIMES,
		trip_interval: number('trip_interval'),
		trip_reason: text('trip_reason'),
		trip_peers: list('trip_peers', person),
		schedules: list('schedules', withNumbers('trip_interval')),
	},
	attendanceCorrection: {
		...APPROVAL_TIMES,
		remedy_time: time('remedy_time'),
		remedy_reason: text('remedy_reason'),
	},
};
