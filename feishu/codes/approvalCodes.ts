import {
	access,
	input,
	service,
	APP_STATE,
	GATEWAY,
	ID_KIND,
	LATER,
	type Explanation,
} from './explanation';

const FIND_CODE =
	"The definition code is in the address of the definition's edit page in the Feishu approval admin console (what follows definitionCode=). Get Instance and the trigger give it as approval_code.";
const FIND_INSTANCE =
	'Check the code for missing characters, and that the app belongs to the company in which the approval was submitted. The code comes from creating an instance, from a list of instances or from an approval event; it is neither the serial number nor a link.';
const PLAN = 'Ask your Feishu administrator which plan the company has, and what it contains.';

/** Codes of Approval v4 (API sheet 4.0 and 4.3), and in its old numbering (2.8). */
export const APPROVAL_CODES: Readonly<Record<number, Explanation>> = {
	4002: input('The approval definition was not found', FIND_CODE),
	4003: input('The approval instance was not found', FIND_INSTANCE),
	4004: input('A user was not found', ID_KIND),
	4005: input('Feishu does not take this kind of request here', GATEWAY),
	4006: service('The approval service could not carry out the call', LATER),
	60001: input('Feishu refused a parameter', 'Check the values of all fields.'),
	60002: input('The approval definition was not found', FIND_CODE),
	60003: input('The approval instance was not found', FIND_INSTANCE),
	60004: input('A user was not found', ID_KIND),
	60005: input(
		'A department of the user did not pass the check',
		'Enter the department_id (not the one that begins with od-) of a department that the user is in, not the root of the company.',
	),
	60006: input(
		'The form did not pass the check',
		'Check the values of the form against the fields of the approval definition.',
	),
	60007: input('The app is subscribed to this approval already', 'Nothing needs to be done.'),
	60008: input('The app is not subscribed to this approval', 'Nothing needs to be done.'),
	60009: access(
		'The app may not do this with the approval definition',
		'In the Feishu approval admin console, check who may operate this approval, and the scopes of the app.',
	),
	60010: input('The approval task was not found', 'It may be done already, or its ID is wrong.'),
	60011: input('Your Feishu plan does not allow this approval', PLAN),
	60012: input(
		'The UUID was used for another approval instance',
		'Every UUID can be used once, whether in capitals or not. Use a new one.',
	),
	60013: input('Your Feishu plan does not allow approvals through the API', PLAN),
	60014: service('The approval instance is being changed by somebody else', LATER),
	65001: service('The approval service could not carry out the call', LATER),
	1390001: input(
		'Feishu refused a parameter',
		'Check the codes, the user IDs and their kind. If all are right, the form of this approval may hold a field that is not set up correctly.',
	),
	1390002: input('The approval code was not found', FIND_CODE),
	1390003: input('The approval instance was not found', FIND_INSTANCE),
	1390004: input('A user was not found', ID_KIND),
	1390006: input(
		'Feishu refused the operation',
		'Check that the task is open and is that of this person, and the values of all fields.',
	),
	1390007: input('The app is subscribed to this approval already', 'Nothing needs to be done.'),
	1390009: access(
		'The approval does not allow this operation',
		'In the <a href="https://www.feishu.cn/approval/admin/approvalList" target="_blank">Feishu approval admin console</a>, open this approval definition and check the operation permissions in its process design.',
	),
	1390010: input('The approval task was not found', 'It may be done already, or its ID is wrong.'),
	1390013: input(
		'This approval has no fixed process',
		'Approvals whose approvers are chosen freely cannot be handled through the API. Handle this one in the Feishu app.',
	),
	1390014: input('The company was not found', APP_STATE),
	1390015: input(
		'The approval definition is disabled',
		'Enable it in the Feishu approval admin console.',
	),
	1390016: input('The approval definition was deleted', FIND_CODE),
	1390018: input(
		'This approval wants a handwritten signature',
		'Signatures cannot be given through the API. Handle this approval in the Feishu app.',
	),
	1395001: service('The approval service could not carry out the call', LATER),
	1395006: input('Feishu refused the operation', 'Check the values of all fields.'),
	1395009: access(
		'The user may not start this approval',
		'Add the user to the people who may see the definition.',
	),
	1395011: input(
		'The rules of the workforce do not allow the operation',
		'The attendance account of the user may be locked. Ask your Feishu administrator.',
	),
	1395061: input(
		'The list of districts was changed meanwhile',
		'Read it again from the first page.',
	),
	1395210: input('The approval instance was withdrawn', 'Nothing can be done with it any more.'),
};
