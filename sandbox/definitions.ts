const CHOICES = [
	{ value: 'lq4h0vzk-a1', text: 'Train' },
	{ value: 'lq4h0vzk-b2', text: 'Taxi' },
];

let last = 0;

function field(type: string, name: string, more: Record<string, unknown> = {}) {
	const id = `widget17${String(++last).padStart(10, '0')}`;
	return { id, custom_id: '', name, type, required: false, printable: true, ...more };
}

/** A form with a field of every kind that definitions have (API sheet 5.2, 11.11). */
export const DEFINITION_FORM: Array<Record<string, unknown> & { type: string }> = [
	field('input', 'Subject', { custom_id: 'subject', required: true }),
	field('textarea', 'Reason'),
	field('number', 'Days'),
	field('amount', 'Total', {
		custom_id: 'total',
		required: true,
		value: 'CNY',
		option: { currencyRange: ['CNY', 'USD'] },
	}),
	field('formula', 'Sum'),
	field('date', 'Day'),
	field('dateInterval', 'Period'),
	field('radioV2', 'Kind', { option: CHOICES, required: true }),
	field('checkboxV2', 'Means', { option: CHOICES }),
	field('contact', 'Companion'),
	field('department', 'Department'),
	field('connect', 'Related'),
	field('document', 'Document'),
	field('attachmentV2', 'Receipts'),
	field('image', 'Pictures'),
	field('address', 'Place'),
	field('telephone', 'Telephone', { option: { available_type: 'all' } }),
	field('fieldList', 'Items', {
		option: { input_type: 'FORM', print_type: 'FORM' },
		children: [field('input', 'Item', { required: true }), field('amount', 'Cost')],
	}),
	field('leaveGroupV2', 'Leave', {
		id: 'widgetLeaveGroupV2',
		option: [],
		value: [
			{ id: 'widgetLeaveGroupType', name: 'Type', type: 'radioV2', visible: true, required: true },
			{
				id: 'widgetLeaveGroupStartTime',
				name: 'Start',
				type: 'date',
				visible: true,
				required: true,
			},
		],
	}),
	field('tripGroup', 'Trip'),
	field('mutableGroup', 'Base'),
	field('serialNumber', 'Number'),
	field('text', 'Note', { value: 'Please attach receipts.' }),
	field('location', 'Where'),
];

/** The nodes of every definition (API sheet 4.5, 11.26). */
export const DEFINITION_NODES = [
	{
		name: 'Manager',
		need_approver: false,
		node_id: 'b078ffd28db767c502ac367053f6e0ac',
		custom_node_id: 'manager',
		node_type: 'AND',
		approver_chosen_multi: false,
		require_signature: false,
	},
	{
		name: 'Accounting',
		need_approver: true,
		node_id: '3f2a1b9c8d7e6f504132435465768798',
		node_type: 'OR',
		approver_chosen_multi: true,
		approver_chosen_range: [{ approver_range_type: 0, approver_range_ids: [] }],
		require_signature: false,
	},
];
