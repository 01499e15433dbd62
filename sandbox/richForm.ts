/* eslint-disable @n8n/community-nodes/no-hardcoded-secrets -- sample data, nothing here opens a door */
import { COLLEAGUE } from './fixtures';
import { SEEN_WIDGETS, type Widget } from './seenWidgets';

const NOON = '2026-01-15T12:00:00+08:00';
const EVENING = '2026-01-15T18:00:00+08:00';
const FILE = 'https://internal-api-drive-stream.feishu.cn/space/api/box/stream/download/all/';
const SPAN = { start: NOON, end: EVENING, interval: 6 };

/** The widgets whose `value` is documented, in the shape that Get Instance gives (API sheet 5.2). */
export const DOCUMENTED_WIDGETS: readonly Widget[] = [
	{ id: 'widget01', custom_id: 'subject', name: 'Subject', type: 'input', value: 'Trip "Q1"' },
	{ id: 'widget02', name: 'Reason', type: 'textarea', value: 'First line\nSecond line' },
	{ id: 'widget03', custom_id: 'due', name: 'Due', type: 'date', value: NOON },
	{ id: 'widget04', name: 'Period', type: 'dateInterval', value: { ...SPAN, interval: 2.0 } },
	{ id: 'widget05', name: 'Persons', type: 'number', value: 3 },
	{ id: 'widget06', custom_id: 'total', name: 'Total', type: 'amount', value: 1234.56, ext: 'CNY' },
	{ id: 'widget07', name: 'Per head', type: 'formula', value: 411.52 },
	{ id: 'widget08', name: 'Urgent', type: 'radio', value: 'No' },
	{ id: 'widget09', custom_id: 'category', name: 'Category', type: 'radioV2', value: 'Travel' },
	{ id: 'widget10', name: 'Extras', type: 'checkbox', value: ['Hotel'] },
	{ id: 'widget11', name: 'Means', type: 'checkboxV2', value: ['Train', 'Taxi'] },
	{
		id: 'widget12',
		name: 'Companion',
		type: 'contact',
		value: [COLLEAGUE.user_id],
		open_ids: [COLLEAGUE.open_id],
	},
	{
		id: 'widget13',
		name: 'Department',
		type: 'department',
		value: [{ open_id: 'od-8ec33ffec336c3a39a278bc25e931676' }],
	},
	{
		id: 'widget14',
		name: 'Related approval',
		type: 'connect',
		value: ['81D31358-93AF-92D6-7425-01A5D67C4E71'],
	},
	{
		id: 'widget15',
		name: 'Plan',
		type: 'document',
		value: {
			token: 'doccnGvx9Zp8Q7Yk2nWtGJvVbXc',
			type: 'doc',
			title: 'Plan',
			url: 'https://sample.feishu.cn/docx/doccnGvx9Zp8Q7Yk2nWtGJvVbXc',
		},
	},
	{
		id: 'widget16',
		name: 'Receipts',
		type: 'attachmentV2',
		ext: 'hotel.pdf,train.pdf',
		value: [`${FILE}1?x-expires=1768486800&x-signature=a%3D`, `${FILE}2?x-expires=1768486800`],
	},
	{ id: 'widget17', name: 'Old receipts', type: 'attachment', value: [`${FILE}3`] },
	{ id: 'widget18', name: 'Photo', type: 'image', ext: 'photo.png', value: [`${FILE}4`] },
	{ id: 'widget19', name: 'Photos', type: 'imageV2', value: [`${FILE}5`, `${FILE}6`] },
	{
		id: 'widget20',
		custom_id: 'items',
		name: 'Items',
		type: 'fieldList',
		value: [
			[
				{ id: 'widget20a', name: 'Item', type: 'input', value: 'Hotel' },
				{ id: 'widget20b', name: 'Cost', type: 'amount', value: 900 },
			],
			[
				{ id: 'widget20a', name: 'Item', type: 'input', value: 'Train' },
				{ id: 'widget20b', name: 'Cost', type: 'amount', value: 334.56 },
			],
		],
	},
	{
		id: 'widget21',
		name: 'Place',
		type: 'address',
		value: 'China/Beijing/Beijing/Chaoyang Qu/chang an jie',
	},
	{
		id: 'widget22',
		name: 'Telephone',
		type: 'telephone',
		value: { country_code: '+86', national_number: '13100000000' },
	},
	{
		id: 'widgetLeaveGroup',
		name: 'Leave (old)',
		type: 'leaveGroup',
		value: { name: 'Annual leave', ...SPAN },
	},
	{
		id: 'widgetLeaveGroupV2',
		name: 'Leave',
		type: 'leaveGroupV2',
		value: { name: 'Annual leave', ...SPAN, unit: 'HOUR', reason: 'Family' },
	},
	{
		id: 'widgetWorkGroup',
		name: 'Overtime',
		type: 'workGroup',
		value: { name: 'Workday', ...SPAN, reason: 'Release' },
	},
	{
		id: 'widgetTripGroup',
		name: 'Trip',
		type: 'tripGroup',
		value: {
			schedule: [
				{
					...SPAN,
					departure: 'Beijing',
					destination: 'Shanghai',
					transport: 'Train',
					oneRound: 'Round trip',
					remark: '',
				},
			],
			interval: 0.5,
			reason: 'Customer visit',
			peer: [COLLEAGUE.user_id],
		},
	},
	{
		id: 'widgetShiftGroup',
		name: 'Shift',
		type: 'shiftGroup',
		value: { shiftTime: NOON, returnTime: EVENING, reason: 'Swap' },
	},
	{
		id: 'widgetRemedyGroup',
		name: 'Remedy',
		type: 'remedyGroup',
		value: { time: NOON, reason: 'Forgot' },
	},
];

/** Types that exist but whose `value` no source describes: made up, to be passed on untouched. */
export const UNDOCUMENTED_WIDGETS: readonly Widget[] = [
	{
		id: 'widgetOutGroup',
		name: 'Out of office',
		type: 'outGroup',
		value: { ...SPAN, reason: 'Bank' },
	},
	{
		id: 'widget30',
		name: 'Budget lines',
		type: 'mutableGroup',
		value: [
			[{ id: 'column1', type: 'text', value: 'Travel' }],
			[{ id: 'column1', type: 'text', value: 'Food' }],
		],
	},
	{ id: 'widget31', name: 'Note', type: 'text', value: 'Keep the receipts.' },
	{ id: 'widget32', name: 'Bank account', type: 'account', value: { account_name: 'Sample' } },
	{ id: 'widget33', name: 'Number', type: 'serialNumber', value: 'EX-0017' },
	{ id: 'widget34', name: 'Correction', type: 'remedyGroupV2', value: { remedyTime: NOON } },
	{ id: 'widget35', name: 'Joining', type: 'apaascorehrOnboardingGroup', value: {} },
	{ id: 'widget36', name: 'Probation', type: 'apaascorehrRegularateGroup', value: {} },
	{ id: 'widget37', name: 'Transfer', type: 'apaascorehrJobAdjustGroup', value: {} },
	{ id: 'widget38', name: 'Leaving', type: 'apaascorehrOffboardingGroup', value: {} },
	{
		id: 'widget39',
		name: 'Location',
		type: 'location',
		value: { latitude: '39.9', longitude: '116.4' },
	},
	{ id: 'widget40', name: 'Shift change', type: 'shiftGroupV2', value: {} },
];

/** `form` as Get Instance gives it: a JSON text, here with every widget type. */
export const RICH_FORM = JSON.stringify([
	...DOCUMENTED_WIDGETS,
	...UNDOCUMENTED_WIDGETS,
	...SEEN_WIDGETS,
]);
