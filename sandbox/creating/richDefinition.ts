import { DEFINITION_NODES } from '../definitions';
import { APPROVER, COLLEAGUE } from '../fixtures';
import type { Definition, FormField } from './definition';

const KINDS = [
	{ value: 'kind-travel', text: 'Travel' },
	{ value: 'kind-meal', text: 'Meal' },
	{ value: 'kind-other', text: 'Other' },
];

const field = (id: string, type: string, name: string, more: object = {}): FormField => ({
	id,
	custom_id: '',
	name,
	type,
	required: false,
	printable: true,
	...more,
});

const part = (id: string, type: string, name: string, required = false, more: object = {}) =>
	field(id, type, name, { visible: true, required, ...more });

const MONEY = { value: 'CNY', option: { currencyRange: ['CNY', 'USD', 'EUR'] } };

/** The columns of a table in another place than `children` (API sheet 11.11). */
const COLUMNS = [
	field('widget34a', 'input', 'Thing'),
	field('widget34b', 'checkboxV2', 'Tags', { option: KINDS }),
];

const FIELDS: FormField[] = [
	field('widget01', 'input', 'Subject', { custom_id: 'subject', required: true }),
	field('widget02', 'textarea', 'Reason'),
	field('widget03', 'number', 'Persons'),
	field('widget04', 'number', 'Nights'),
	field('widget05', 'formula', 'Persons and nights'),
	field('widget06', 'amount', 'Total', { custom_id: 'total', ...MONEY }),
	field('widget07', 'date', 'Due'),
	field('widget08', 'dateInterval', 'Period'),
	field('widget09', 'radio', 'Urgent', {
		option: [
			{ value: 'urgent-yes', text: 'Yes' },
			{ value: 'urgent-no', text: 'No' },
		],
	}),
	field('widget10', 'radioV2', 'Category', { custom_id: 'category', option: KINDS }),
	field('widget11', 'checkbox', 'Extras', { option: KINDS }),
	field('widget12', 'checkboxV2', 'Means', { option: KINDS }),
	field('widget13', 'radioV2', 'Cost centre', { option: [] }),
	field('widget14', 'contact', 'Companions'),
	field('widget15', 'department', 'Department'),
	field('widget16', 'connect', 'Related approval'),
	field('widget17', 'document', 'Plan'),
	field('widget18', 'attachmentV2', 'Receipts'),
	field('widget19', 'image', 'Photo'),
	field('widget20', 'imageV2', 'Photos'),
	field('widget21', 'address', 'Place'),
	field('widget22', 'telephone', 'Telephone', { option: { available_type: 'all' } }),
	field('widget30', 'fieldList', 'Items', {
		custom_id: 'items',
		option: { input_type: 'FORM', print_type: 'FORM' },
		children: [
			field('widget30a', 'input', 'Item', { required: true }),
			field('widget30b', 'amount', 'Cost', MONEY),
			field('widget30c', 'contact', 'Payee'),
			field('widget30d', 'radioV2', 'Kind', { option: KINDS }),
			field('widget30e', 'attachmentV2', 'Receipt'),
			field('widget30f', 'date', 'Day'),
		],
	}),
	field('widget31', 'fieldList', 'Things in value', { value: COLUMNS }),
	field('widget32', 'fieldList', 'Things in option', { option: COLUMNS }),
	field('widget33', 'fieldList', 'Things in text', { ext: JSON.stringify(COLUMNS) }),
];

const GROUPS: FormField[] = [
	field('widgetLeaveGroupV2', 'leaveGroupV2', 'Leave', {
		option: [],
		value: [
			part('widgetLeaveGroupType', 'radioV2', 'Leave type', true),
			part('widgetLeaveGroupStartTime', 'date', 'Start', true),
			part('widgetLeaveGroupEndTime', 'date', 'End', true),
			part('widgetLeaveGroupReason', 'textarea', 'Leave reason', true),
			part('widgetLeaveCertification', 'image', 'Certificate'),
		],
	}),
	field('widgetWorkGroup', 'workGroup', 'Overtime', {
		option: { allowInsteadMultiUser: true, allowMultiTimeRange: true, isSetRule: 1 },
		value: [
			part('widgetWorkGroupOvertimeWorkers', 'contact', 'Workers', true),
			part('widgetWorkGroupTimeRangeFieldList', 'fieldList', 'Time ranges', true, {
				children: [
					part('widgetWorkGroupStartTime', 'date', 'Start', true),
					part('widgetWorkGroupEndTime', 'date', 'End', true),
				],
			}),
			part('widgetWorkGroupReason', 'textarea', 'Overtime reason'),
		],
	}),
	field('widgetOutGroup', 'outGroup', 'Out of office', {
		option: { isSetType: true },
		value: [
			part('widgetOutGroupType', 'radioV2', 'Out type', true, { option: KINDS }),
			part('widgetOutGroupStartTime', 'date', 'Start', true),
			part('widgetOutGroupEndTime', 'date', 'End', true),
			part('widgetOutGroupReason', 'textarea', 'Out reason'),
			part('widgetOutGroupImage', 'image', 'Out picture'),
		],
	}),
	field('widgetShiftGroup', 'shiftGroup', 'Shift'),
];

const NOT_BY_API: FormField[] = [
	'tripGroup',
	'mutableGroup',
	'serialNumber',
	'account',
	'remedyGroupV2',
	'location',
	'shiftGroupV2',
].map((type, index) => field(`widget4${index}`, type, `By hand: ${type}`));

/** A definition with every kind of field; the accounting node wants approvers to be named. */
export const RICH_DEFINITION: Definition = {
	approval_code: 'B6C9E2F4-1A7D-4E83-9C50-2F8D7A3E6B14',
	approval_name: 'Everything',
	status: 'ACTIVE',
	form: [
		...FIELDS,
		...GROUPS,
		...NOT_BY_API,
		field('widget50', 'text', 'Note', { value: 'Please attach receipts.' }),
	],
	node_list: [
		...DEFINITION_NODES,
		{
			name: 'Copies',
			need_approver: false,
			node_id: '9d0c1b2a3f4e5d6c7b8a99887766554a',
			node_type: 'CC_NODE',
		},
	],
	viewers: [{ type: 'TENANT', id: '', user_id: '' }],
	externalOptions: {
		widgetLeaveGroupV2: [
			{ value: '7138673249737506817', text: 'Annual leave' },
			{ value: '7138673249737506818', text: 'Sick leave' },
		],
		widget13: [
			{ value: 'centre-1', text: 'Research' },
			{ value: 'centre-2', text: 'Sales' },
		],
	},
	approvers: { [DEFINITION_NODES[0].node_id]: [APPROVER.open_id, COLLEAGUE.open_id] },
	sums: { widget05: ['widget03', 'widget04'] },
};
