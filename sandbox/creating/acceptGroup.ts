import { columnsOf, isTime } from './acceptPlain';
import type { FormField } from './definition';
import { badWidget, type Accept, type Context, type Sent } from './widgets';

const DAY = 86_400_000;
const MOST_WORKERS = 50;
const MOST_RANGES = 30;

/** The parts of the groups whose IDs are fixed, and their kinds (API sheet 5.3). */
const PARTS: Record<string, Record<string, string>> = {
	leaveGroupV2: {
		widgetLeaveGroupType: 'radioV2',
		widgetLeaveGroupStartTime: 'date',
		widgetLeaveGroupEndTime: 'date',
		widgetLeaveGroupReason: 'textarea',
		widgetLeaveCertification: 'image',
		widgetLeaveGroupFeedingArrivingLate: 'radioV2',
		widgetLeaveGroupFeedingOffLeaveEarly: 'radioV2',
	},
	workGroup: {
		widgetWorkGroupOvertimeWorkers: 'contact',
		widgetWorkGroupType: 'radioV2',
		widgetWorkGroupTimeRangeFieldList: 'fieldList',
		widgetWorkGroupReason: 'textarea',
	},
	outGroup: {
		widgetOutGroupType: 'radioV2',
		widgetOutGroupStartTime: 'date',
		widgetOutGroupEndTime: 'date',
		widgetOutGroupReason: 'textarea',
		widgetOutGroupImage: 'image',
	},
};

/** Leave, overtime, out of office and shift (API sheet 5.3, 11.14, 11.15). */
export const acceptGroup: Accept = (context, field, sent) => {
	if (field.type === 'shiftGroup') return acceptShift(field, sent);
	const parts = PARTS[field.type];
	if (parts === undefined) return undefined;
	const { value } = sent;
	if (!Array.isArray(value)) throw badWidget(field.id, 'group value is invalid');
	const told = columnsOf(field);
	const fields = Object.entries(parts).map(([id, type]) => {
		const own = told.find((one) => one.id === id);
		return { custom_id: '', name: id, ...own, id, type };
	});
	// The ID of the leave type is looked up by its group, the minutes of breastfeeding by nothing.
	const free = /^widgetLeaveGroup(Type|Feeding)/;
	const isFree = ({ id }: Sent) => free.test(String(id));
	const list = value as Sent[];
	const accepted = context.acceptAll(
		fields,
		list.filter((one) => !isFree(one ?? {})),
	);
	const shown = [...list.filter((one) => isFree(one ?? {})), ...accepted];
	CHECKS[field.type](context, field, list);
	return { value: shown };
};

function acceptShift({ id }: FormField, { value }: Sent): Sent {
	const { shiftTime, returnTime, reason } = (value ?? {}) as Record<string, unknown>;
	if (!isTime(shiftTime) || !isTime(returnTime)) throw badWidget(id, 'value is not RFC3339');
	return { value: { shiftTime, returnTime, reason: reason ?? '' } };
}

const valueOf = (parts: Sent[], id: string) => parts.find((part) => part?.id === id)?.value;

function checkLeave({ definition }: Context, { id }: FormField, parts: Sent[]): void {
	const type = valueOf(parts, 'widgetLeaveGroupType');
	if (typeof type !== 'string' || !/^\d{1,19}$/.test(type)) {
		throw badWidget(id, 'leave type id parse error');
	}
	const known = definition.externalOptions[String(id)] ?? [];
	if (!known.some(({ value }) => value === type)) throw badWidget(id, 'leave type not found');
	checkOrder(id, parts, 'widgetLeaveGroup', 'leave time is invalid', false);
	for (const side of ['ArrivingLate', 'OffLeaveEarly']) {
		const minutes = valueOf(parts, `widgetLeaveGroupFeeding${side}`);
		if (minutes === undefined) continue;
		const isRight = /^\d+$/.test(String(minutes)) && Number(minutes) % 15 === 0;
		if (!isRight || Number(minutes) > 120) throw badWidget(id, 'feeding time is invalid');
	}
}

function checkOvertime(_context: Context, { id, option }: FormField, parts: Sent[]): void {
	const rules = (option ?? {}) as Record<string, unknown>;
	const workers = parts.find((part) => part?.id === 'widgetWorkGroupOvertimeWorkers');
	if (rules.allowInsteadMultiUser && workers === undefined) {
		throw badWidget(id, 'overtime workers are required');
	}
	const people = [workers?.open_ids, workers?.value].flatMap((list) => list ?? []);
	if (people.length > MOST_WORKERS) throw badWidget(id, 'overtime workers are over 50');
	if (rules.isSetRule === 0 && valueOf(parts, 'widgetWorkGroupType') === undefined) {
		throw badWidget(id, 'work type is required');
	}
	const ranges = (valueOf(parts, 'widgetWorkGroupTimeRangeFieldList') ?? []) as Sent[][];
	if (ranges.length === 0) throw badWidget(id, 'work time range is required');
	if (ranges.length > MOST_RANGES) throw badWidget(id, 'work time ranges are over 30');
	for (const range of ranges) {
		const lasts = checkOrder(id, range, 'widgetWorkGroup', 'work time range is required', true);
		if (lasts > 2 * DAY) throw badWidget(id, 'overtime duration is over 2 days');
	}
}

function checkOut(_context: Context, { id, option }: FormField, parts: Sent[]): void {
	const { isSetType } = (option ?? {}) as { isSetType?: unknown };
	if (isSetType && valueOf(parts, 'widgetOutGroupType') === undefined) {
		throw badWidget(id, 'out type is required');
	}
	checkOrder(id, parts, 'widgetOutGroup', 'out time is required', true);
}

/** How long (ms) it lasts from start to end, which has to come later. */
function checkOrder(
	id: unknown,
	parts: Sent[],
	prefix: string,
	text: string,
	isEndRequired: boolean,
): number {
	const start = valueOf(parts, `${prefix}StartTime`);
	const end = valueOf(parts, `${prefix}EndTime`);
	if (start === undefined || (isEndRequired && end === undefined)) throw badWidget(id, text);
	if (end === undefined) return 0;
	const lasts = Date.parse(String(end)) - Date.parse(String(start));
	if (lasts < 0) throw badWidget(id, text);
	return lasts;
}

const CHECKS: Record<string, (context: Context, field: FormField, parts: Sent[]) => void> = {
	leaveGroupV2: checkLeave,
	workGroup: checkOvertime,
	outGroup: checkOut,
};
