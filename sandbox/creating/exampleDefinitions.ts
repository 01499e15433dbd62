import { DEFINITION_NODES } from '../definitions';
import { makeDefinition, type Definition, type FormField } from './definition';

const field = (id: string, type: string, name: string, more: object = {}): FormField => ({
	id,
	custom_id: '',
	name,
	type,
	required: true,
	printable: true,
	...more,
});

const part = (id: string, type: string, name: string): FormField =>
	field(`widgetLeave${id}`, type, name, { visible: true });

/** Only the manager decides: nobody has to be named. */
const node_list = [DEFINITION_NODES[0]];

/** The definitions that the examples of the project submit; companies have such ones of their own. */
export const EXAMPLE_DEFINITIONS: Definition[] = [
	makeDefinition({
		approval_code: '9AB43A72-E35E-45BD-B150-90BB354D5DCD',
		approval_name: 'Leave request',
		node_list,
		form: [
			field('widgetLeaveGroupV2', 'leaveGroupV2', 'Leave', {
				option: [],
				value: [
					part('GroupType', 'radioV2', 'Type'),
					part('GroupStartTime', 'date', 'Start'),
					part('GroupEndTime', 'date', 'End'),
					part('GroupReason', 'textarea', 'Reason'),
				],
			}),
			field('widget1', 'contact', 'Stand-in', { required: false }),
		],
		externalOptions: {
			widgetLeaveGroupV2: [
				{ value: '7138673249737506817', text: 'Annual leave' },
				{ value: '7138673249737506818', text: 'Sick leave' },
			],
		},
	}),
	makeDefinition({
		approval_code: '5778F2A5-EDDA-433C-B668-2578ECBEBB4F',
		approval_name: 'Onboarding',
		node_list,
		form: [
			field('widget1', 'input', 'Name'),
			field('widget2', 'date', 'First day'),
			field('widget3', 'radioV2', 'Office', {
				option: [
					{ value: 'office-1', text: 'Beijing' },
					{ value: 'office-2', text: 'Shenzhen' },
				],
			}),
			field('widget4', 'checkboxV2', 'Equipment', {
				required: false,
				option: [
					{ value: 'equipment-1', text: 'Laptop' },
					{ value: 'equipment-2', text: 'Phone' },
					{ value: 'equipment-3', text: 'Badge' },
				],
			}),
			field('widget5', 'contact', 'Manager'),
		],
	}),
	makeDefinition({
		approval_code: 'AF3DEA99-1DC0-4378-83B4-831EB3DA5F48',
		approval_name: 'Payment report',
		node_list,
		form: [
			field('widget1', 'input', 'Month'),
			field('widget2', 'number', 'Payments'),
			field('widget3', 'amount', 'Total', {
				value: 'CNY',
				option: { currencyRange: ['CNY', 'USD'] },
			}),
			field('widget4', 'attachmentV2', 'Report'),
		],
	}),
];
