/** What the trigger can listen for: the values of its parameter `events`. */
export const EVENT_KINDS = [
	'attendanceCorrection',
	'businessTrip',
	'ccChanged',
	'definitionUpdated',
	'instanceStatusChanged',
	'leave',
	'outOfOffice',
	'overtime',
	'shift',
	'taskStatusChanged',
] as const;

export type EventKind = (typeof EVENT_KINDS)[number];

interface Entry {
	/** As the panel calls it. */
	name: string;
	/** The name in Feishu's developer console, where the event has to be added. */
	consoleName: string;
	/** The event to be added there; it may bring some of the others along. */
	consoleType: string;
	/** All event types that belong to it, with those that only old apps still get. */
	types: readonly string[];
}

/** Which events of Feishu belong to which kind (API sheet 6.2, 11.1, 11.2). */
export const CATALOGUE: Readonly<Record<EventKind, Entry>> = {
	attendanceCorrection: {
		name: 'Attendance Correction Approved',
		consoleName: '补卡审批',
		consoleType: 'approval.instance.remedy_group_update_v4',
		types: ['approval.instance.remedy_group_update_v4', 'remedy_approval', 'remedy_approval_v2'],
	},
	businessTrip: {
		name: 'Business Trip Approved',
		consoleName: '出差审批',
		consoleType: 'approval.instance.trip_group_update_v4',
		types: ['approval.instance.trip_group_update_v4', 'trip_approval'],
	},
	ccChanged: {
		name: 'CC Created or Read',
		consoleName: '审批抄送状态变更',
		consoleType: 'approval_cc',
		types: ['approval_cc'],
	},
	definitionUpdated: {
		name: 'Definition Updated',
		consoleName: '审批定义更新',
		consoleType: 'approval.approval.updated_v4',
		types: ['approval.approval.updated_v4'],
	},
	instanceStatusChanged: {
		name: 'Instance Status Changed',
		consoleName: '审批实例状态变更',
		consoleType: 'approval_instance',
		types: ['approval_instance', 'approval', 'approval.instance.status_changed_v4'],
	},
	leave: {
		name: 'Leave Approved or Revoked',
		consoleName: '请假审批',
		consoleType: 'leave_approval',
		types: ['leave_approval', 'leave_approvalV2', 'leave_approval_revert'],
	},
	outOfOffice: {
		name: 'Out of Office Approved or Revoked',
		consoleName: '外出审批',
		consoleType: 'out_approval',
		types: ['out_approval', 'out_approval_revert'],
	},
	overtime: {
		name: 'Overtime Approved or Revoked',
		consoleName: '加班审批',
		consoleType: 'work_approval',
		types: ['work_approval', 'work_approval_revert'],
	},
	shift: {
		name: 'Shift Swap Approved',
		consoleName: '换班审批',
		consoleType: 'shift_approval',
		types: ['shift_approval'],
	},
	taskStatusChanged: {
		name: 'Task Status Changed',
		consoleName: '审批任务状态变更',
		consoleType: 'approval_task',
		types: ['approval_task', 'approval.task.status_changed_v4'],
	},
};

const KINDS: ReadonlyMap<string, EventKind> = new Map(
	EVENT_KINDS.flatMap((kind) => CATALOGUE[kind].types.map((type) => [type, kind] as const)),
);

/** The kind that an event type belongs to; nothing for events of which the trigger knows nothing. */
export function kindOf(type: string): EventKind | undefined {
	return KINDS.get(type);
}
