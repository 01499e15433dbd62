/** A field of a form in the shape that Get Instance gives. */
export interface Widget {
	id: string;
	name: string;
	type: string;
	custom_id?: string;
	[extra: string]: unknown;
}

const MORNING = '2026-10-09T08:00:00+08:00';
const NIGHT = '2026-10-09T22:00:00+08:00';

function overtime(row: number, start: string, end: string): Widget[] {
	return [
		{ id: 'widgetWorkGroupStartTime', name: 'Start', type: 'date', value: start },
		{ id: 'widgetWorkGroupEndTime', name: 'End', type: 'date', value: end },
		{
			id: 'widgetWorkGroupImage',
			name: 'Proof',
			type: 'image',
			ext: `row ${row}.png`,
			value: `https://files.example/row/${row}?sign=a,b`,
		},
	];
}

/** Widgets in shapes that people met beside the documented ones (API sheet 11.12, 11.13 and 5.3). */
export const SEEN_WIDGETS: readonly Widget[] = [
	{
		id: 'widgetLeaveGroupV2',
		custom_id: 'leave_parts',
		name: '',
		type: 'leaveGroupV2',
		value: [
			{ id: 'widgetLeaveGroupType', name: 'Type', type: 'radioV2', value: 'Annual' },
			{ id: 'widgetLeaveGroupStartTime', name: 'Start', type: 'date', value: MORNING },
			{ id: 'widgetLeaveGroupInterval', name: 'Duration', type: 'radioV2', value: '1' },
			{ id: 'widgetLeaveGroupReason', name: 'Reason', type: 'textarea' },
		],
	},
	{
		id: 'widgetWorkGroup',
		custom_id: 'overtime_parts',
		name: 'Overtime',
		type: 'workGroup',
		value: [
			{
				id: 'widgetWorkGroupOvertimeWorkers',
				name: 'Workers',
				type: 'contact',
				value: [{ id: 'ou_a' }, { id: 'ou_b' }],
			},
			{
				id: 'widgetWorkGroupTimeRangeFieldList',
				name: 'Ranges',
				type: 'fieldList',
				value: [overtime(1, MORNING, NIGHT), overtime(2, NIGHT, MORNING)],
			},
		],
	},
	{
		id: 'widget50',
		custom_id: 'new_position',
		name: 'New position',
		type: 'apaascorehrJobAdjustGroup',
		value: [
			{ id: 'job', name: 'Job', type: 'input', value: 'Engineer' },
			{
				id: 'inner',
				name: 'From',
				type: 'groupOfTomorrow',
				value: [{ id: 'day', name: 'Day', type: 'date', value: MORNING }],
			},
		],
	},
	{ id: 'widget51', name: 'Delegate', type: 'contact', value: { open_ids: ['ou_d'] } },
	{ id: 'widget52', name: 'Witness', type: 'contact', open_ids: ['ou_1'] },
	{ id: 'widget53', name: 'Heads', type: 'contact', value: [{ user_id: 'u1', open_id: 'ou_u1' }] },
	{
		id: 'widget54',
		name: 'Teams',
		type: 'department',
		value: [
			{ name: 'Sales', open_id: 'od-x' },
			{ name: 'Support', open_id: 'od-y' },
		],
	},
	{
		id: 'widget55',
		name: 'Contracts',
		type: 'attachmentV2',
		ext: '"a, draft.pdf","b.pdf"',
		value: 'https://files.example/a.pdf?x=1,2,https://files.example/b.pdf',
	},
	{ id: 'widget56', name: 'Scan', type: 'image', ext: '', value: 'https://files.example/scan.png' },
	{ id: 'widget57', name: 'Day', type: 'date', value: MORNING, timezoneOffset: -480 },
	{
		id: 'widget58',
		name: 'Sum',
		type: 'formula',
		value: 12.5,
		ext: { capitalValue: 'twelve and a half' },
	},
	{
		id: 'widget59',
		name: 'Budget',
		type: 'amount',
		value: 100.5,
		ext: {
			capitalValue: 'one hundred',
			currency: 'EUR',
			currencyRange: ['EUR'],
			maxValue: '',
			minValue: '',
		},
	},
	{
		id: 'widget60',
		name: 'Requests',
		type: 'connect',
		value: ['81D31358-93AF-92D6-7425-01A5D67C4E71'],
		ext: { serialIDs: ['202610090001'] },
	},
	{
		id: 'widget61',
		name: 'Priority',
		type: 'radioV2',
		value: 'High',
		option: { key: 'k-0', text: 'High' },
	},
	{
		id: 'widget62',
		name: 'Needs',
		type: 'checkboxV2',
		value: ['Car', 'Hotel'],
		option: [
			{ key: 'k-1', text: 'Car' },
			{ key: 'k-2', text: 'Hotel' },
		],
	},
];
