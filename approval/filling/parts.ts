import { describeParts, type FormField } from '../definition';

const DATE = 'date';
const START_END = (prefix: string) => [
	{ id: `${prefix}StartTime`, name: 'Start', type: DATE },
	{ id: `${prefix}EndTime`, name: 'End', type: DATE },
];

/** What a control group consists of where its definition does not list it (API sheet 5.3). */
const FIXED: Record<string, object[]> = {
	leaveGroupV2: [
		{ id: 'widgetLeaveGroupType', name: 'Type', type: 'radioV2', required: true },
		{ id: 'widgetLeaveGroupStartTime', name: 'Start', type: DATE, required: true },
		{ id: 'widgetLeaveGroupEndTime', name: 'End', type: DATE },
		{ id: 'widgetLeaveGroupReason', name: 'Reason', type: 'textarea' },
		{ id: 'widgetLeaveCertification', name: 'Certification', type: 'image' },
		{ id: 'widgetLeaveGroupFeedingArrivingLate', name: 'Arriving Late', type: 'radioV2' },
		{ id: 'widgetLeaveGroupFeedingOffLeaveEarly', name: 'Leaving Early', type: 'radioV2' },
	],
	workGroup: [
		{ id: 'widgetWorkGroupOvertimeWorkers', name: 'Workers', type: 'contact' },
		{ id: 'widgetWorkGroupType', name: 'Type', type: 'radioV2' },
		{
			id: 'widgetWorkGroupTimeRangeFieldList',
			name: 'Times',
			type: 'fieldList',
			children: START_END('widgetWorkGroup'),
		},
		{ id: 'widgetWorkGroupReason', name: 'Reason', type: 'textarea' },
	],
	outGroup: [
		{ id: 'widgetOutGroupType', name: 'Type', type: 'radioV2' },
		...START_END('widgetOutGroup'),
		{ id: 'widgetOutGroupReason', name: 'Reason', type: 'textarea' },
		{ id: 'widgetOutGroupImage', name: 'Picture', type: 'image' },
	],
};

/** Whether a field is a control group whose parts the API takes (leave, overtime, out of office). */
export function isGroup({ type }: FormField): boolean {
	return type !== null && Object.hasOwn(FIXED, type);
}

/** The parts of a control group: those that its definition shows, else all that the API knows. */
export function partsOf(group: FormField): FormField[] {
	const listed = group.children.filter(({ raw }) => raw.visible !== false);
	const parts = listed.length > 0 ? listed : describeParts(FIXED[group.type ?? ''] ?? []);
	// Leave types stand beside the group, not in it.
	return parts.map((part) =>
		part.id === 'widgetLeaveGroupType' && part.options.length === 0
			? { ...part, options: group.options }
			: part,
	);
}

/** "widgetLeaveGroupStartTime" is the start, as Get Instance names it. */
export function shortName({ id }: FormField): string | undefined {
	const name = /^widget(?:Leave|Work|Out)(?:Group)?([A-Z]\w*)$/.exec(id)?.[1];
	return name?.replace(/(Time|RangeFieldList)$/, '').toLowerCase();
}
