import { readApprovalCode, readInstanceCode } from '../../../../approval/code';
import { Problem } from '../../../../approval/problem';
import { reworded, type Field } from './field';
import { parseRequiredText } from './text';

const codeWith =
	(read: (text: string) => string | Problem) =>
	(value: unknown, displayName: string): string | Problem => {
		const text = parseRequiredText(value, displayName);
		return text instanceof Problem ? text : read(text);
	};

/** The instance that an operation is about, as a node before gives it. */
export const instanceCode: Field<string> = {
	property: {
		displayName: 'Instance Code',
		type: 'string',
		required: true,
		default: '={{ $json.instance_code }}',
		placeholder: 'e.g. 81D31358-93AF-92D6-7425-01A5D67C4E71',
		description: 'Code of the approval instance. After a Get Instance node the default is right.',
	},
	parse: codeWith(readInstanceCode),
	holds: 'instanceCode',
};

const OF_DEFINITION =
	'Code of the approval definition, or the address of its page in the admin console';

/** The definition that an instance belongs to; the address of its page will do. */
export const approvalCode: Field<string> = {
	property: {
		displayName: 'Approval Code',
		type: 'string',
		required: true,
		default: '={{ $json.approval_code }}',
		placeholder: 'e.g. 7C468A54-8745-2245-9675-08B7C63E7A85',
		description: `${OF_DEFINITION}. After a Get Instance node the default is right.`,
	},
	parse: codeWith(readApprovalCode),
	holds: 'approvalCode',
};

/** The same where no node before gives it as a rule: it has to be entered. */
export const enteredApprovalCode = reworded(approvalCode, {
	default: '',
	description: OF_DEFINITION,
});
