/** Who or what has to act before a refused call can succeed: n8n's own words for it. */
export type Cause =
	| 'rate-limited'
	| 'quota-exhausted'
	| 'temporarily-unavailable'
	| 'credential-invalid'
	| 'configuration-invalid';

/** What a Feishu code means for a builder, and what to do about it. */
export interface Explanation {
	what: string;
	cure: string;
	cause: Cause;
}

const setup =
	(cause: Cause) =>
	(what: string, cure: string): Explanation => ({ what, cure, cause });
const input = setup('configuration-invalid');
const access = setup('credential-invalid');
const service = setup('temporarily-unavailable');

const BOTH_VALUES =
	'Copy App ID and App Secret again from the Feishu developer console (Credentials & Basic Info) and check that Platform is the cloud the app lives on: Feishu or Lark.';
const APP_STATE =
	'In the Feishu developer console, check that the app is enabled, has a published version and is installed in your company.';
const TOKEN_DEAD =
	'A new token was fetched and refused as well. Check that Platform or Base URL in the credential is the cloud of this app and that the app is enabled.';
const TOKEN_KIND =
	'Feishu took the access token for one of another kind. If Base URL in the credential points to a gateway, check that it passes the Authorization header on as it is.';
const GRANT =
	'Add one of the scopes in the Feishu developer console (Permissions & Scopes), then publish a new version of the app and have it approved: a scope takes effect only then.';
const ID_KIND =
	'Check the ID and that User ID Type says which kind it is: open IDs begin with "ou_", union IDs with "on_", user IDs are short and have no prefix.';
const FIND_CODE =
	'The definition code stands in the address of the definition\'s edit page in the Feishu approval admin console (only what stands behind definitionCode=, not the whole link). Placed behind Get Instance, "{{ $json.approval_code }}" is the right one.';
const FIND_INSTANCE =
	'Check the code for missing characters, and that the app belongs to the company in which the approval was submitted. The code comes from creating an instance, from a list of instances or from an approval event; it is neither the serial number nor a link.';
const GATEWAY =
	'Check Platform or Base URL in the credential; if it points to a gateway, check that the gateway passes requests on as they are.';
const LATER =
	'Run the workflow again in a minute and, if it helps, lower the number of calls. If it stays, check the parameters and give the log ID to Feishu support.';

/**
 * Feishu's codes in plain English: the error tables of Get Instance and CC Instance, token
 * exchange (API sheet 2.4), tokens on normal calls (2.5), permissions and app state (2.6),
 * gateway (2.7), old numbering (2.8) and the rest of Approval v4 (4.0).
 */
export const CODES: Readonly<Record<number, Explanation>> = {
	2200: service('Feishu could not carry out the call', LATER),
	4001: access('Feishu does not accept the access token', TOKEN_DEAD),
	4002: input('The approval definition was not found', FIND_CODE),
	4003: input('The approval instance was not found', FIND_INSTANCE),
	4004: input('A user was not found', ID_KIND),
	4005: input('Feishu does not take this kind of request here', GATEWAY),
	4006: service('The approval service could not carry out the call', LATER),
	5000: service('Feishu could not carry out the call', LATER),
	9499: input('Feishu could not make sense of the request', 'Check the values of all fields.'),
	10003: access('Feishu does not accept the App ID or App Secret', BOTH_VALUES),
	10005: access('The app may not be used in this company', APP_STATE),
	10012: access('Feishu could not issue an access token for the app', APP_STATE),
	10013: access('Feishu could not issue an access token for your company', APP_STATE),
	10014: access(
		'Feishu does not know this App ID, or the app may not be used',
		`Check Platform in the credential first: an app made on Lark does not exist on Feishu, and the other way round. ${BOTH_VALUES} ${APP_STATE}`,
	),
	10015: access(
		'The App Secret is wrong',
		'Copy the App Secret again from the Feishu developer console (Credentials & Basic Info). If it was reset there, the old one no longer works.',
	),
	20002: access('App ID and App Secret do not belong together', BOTH_VALUES),
	20005: access('Feishu does not accept the access token', TOKEN_DEAD),
	20009: access('The app is not installed in this company', APP_STATE),
	20013: access('Feishu does not accept the access token', TOKEN_DEAD),
	60001: input('Feishu refused a parameter', 'Check the values of all fields.'),
	60002: input('The approval definition was not found', FIND_CODE),
	60003: input('The approval instance was not found', FIND_INSTANCE),
	60004: input('A user was not found', ID_KIND),
	60009: access(
		'The app may not do this with the approval definition',
		'In the Feishu approval admin console, check who may operate this approval, and the scopes of the app.',
	),
	60014: service('The approval instance is being changed by somebody else', LATER),
	65001: service('The approval service could not carry out the call', LATER),
	1390001: input(
		'Feishu refused a parameter',
		'Check the approval code, the instance code, the user IDs and their kind. If all are right, the form of this approval may hold a field that is not set up correctly.',
	),
	1390002: input('The approval code was not found', FIND_CODE),
	1390003: input('The approval instance was not found', FIND_INSTANCE),
	1390004: input('A user was not found', ID_KIND),
	1390006: input('Feishu refused the operation', 'Check the values of all fields.'),
	1390009: access(
		'The approval does not allow this operation',
		'In the <a href="https://www.feishu.cn/approval/admin/approvalList" target="_blank">Feishu approval admin console</a>, open this approval definition and check the operation permissions in its process design.',
	),
	1390010: input('The approval task was not found', 'It may be done already, or its ID is wrong.'),
	1390013: input(
		'This approval has no fixed process',
		'Approvals whose approvers are chosen freely cannot be handled through the API. Handle this one in the Feishu app.',
	),
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
	1395210: input('The approval instance was withdrawn', 'Nothing can be done with it any more.'),
	99991201: input(
		'Feishu does not know this address',
		'Check Platform or Base URL in the credential: it is the address of the platform alone, without a path.',
	),
	99991301: input('Feishu does not take this kind of request here', GATEWAY),
	99991400: setup('rate-limited')(
		'Feishu kept limiting the number of calls',
		'Other workflows share the limit of this app (Get Instance: 1000 a minute and 50 a second, CC Instance: 100 a minute). Run them at different times, or lower their number of items.',
	),
	99991401: access(
		'Feishu blocks the address that n8n calls from',
		'Add the outgoing IP address of your n8n to the IP whitelist of the app in the Feishu developer console (Security Settings), or switch the whitelist off.',
	),
	99991403: setup('quota-exhausted')(
		"The company's monthly number of API calls is used up",
		'The allowance starts again on the first of the month. Ask your Feishu administrator for a larger plan, or call less often.',
	),
	99991543: access('Feishu does not accept the App ID or App Secret', BOTH_VALUES),
	99991661: access(
		'The call reached Feishu without an access token',
		'If Base URL in the credential points to a gateway, check that it passes the Authorization header on.',
	),
	99991662: access('The app is disabled', APP_STATE),
	99991663: access('Feishu does not accept the access token', TOKEN_DEAD),
	99991664: access('Feishu does not accept the access token', TOKEN_DEAD),
	99991665: access('Feishu does not accept the access token', TOKEN_DEAD),
	99991668: access('Feishu does not accept the access token', TOKEN_KIND),
	99991669: access('Feishu does not accept the access token', TOKEN_KIND),
	99991671: access('Feishu does not accept the access token', TOKEN_DEAD),
	99991672: access('The app lacks a permission', GRANT),
	99991673: access('The app is not available in this company', APP_STATE),
	99991674: input('Feishu does not support this kind of user here', ID_KIND),
	99991675: input('A user ID has the wrong form', ID_KIND),
	99991676: access('The access token lacks a permission', GRANT),
	99991677: access('The access token has expired', TOKEN_KIND),
	99991679: access('The app lacks a permission', GRANT),
	99991681: access('Feishu refused the access', APP_STATE),
	99991692: access('Feishu refused the access', APP_STATE),
	99992351: input('An open ID was not found', ID_KIND),
	99992352: input('An open ID was not found', ID_KIND),
	99992353: input('An open ID was not found', ID_KIND),
	99992357: input('A department was not found', 'Check the department ID.'),
	99992358: input('A department was not found', 'Check the department ID.'),
	99992359: input('A user ID was not found', ID_KIND),
	99992360: input('A user ID was not found', ID_KIND),
	99992361: input(
		'An open ID belongs to another app',
		'Every app sees its own open IDs, also the test version of an app. Take the open ID from a node that uses the same credential, or use union IDs or user IDs.',
	),
	99992363: input('A union ID was not found', ID_KIND),
	99992364: input('A union ID was not found, or a user belongs to another company', ID_KIND),
	99992379: input('A department was not found', 'Check the department ID.'),
	99992380: input('A department was not found', 'Check the department ID.'),
	99992381: input('A union ID belongs to another company', ID_KIND),
	99992402: input('Feishu refused a parameter', 'Correct the values that Feishu names.'),
};
