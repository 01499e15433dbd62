import {
	access,
	input,
	service,
	setup,
	APP_STATE,
	ID_KIND,
	GATEWAY,
	LATER,
	type Explanation,
} from './explanation';

const BOTH_VALUES =
	'Copy App ID and App Secret again from the Feishu developer console (Credentials & Basic Info) and check that Platform is the cloud the app lives on: Feishu or Lark.';
const TOKEN_DEAD =
	'A new token was fetched and refused as well. Check that Platform or Base URL in the credential is the cloud of this app and that the app is enabled.';
const TOKEN_KIND =
	'Feishu took the access token for one of another kind. If Base URL in the credential points to a gateway, check that it passes the Authorization header on as it is.';
const CONTACT_RANGE =
	'In the Feishu developer console (Permissions & Scopes, data range of contacts), add the people or departments, then publish a new version of the app.';
const GRANT =
	'Add one of the scopes in the Feishu developer console (Permissions & Scopes), then publish a new version of the app and have it approved: a scope takes effect only then.';

/**
 * Codes of the platform: token exchange (API sheet 2.4), tokens on normal calls (2.5), permissions and
 * app state (2.6), gateway (2.7), contacts (7.2).
 */
export const PLATFORM_CODES: Readonly<Record<number, Explanation>> = {
	2200: service('Feishu could not carry out the call', LATER),
	4001: access('Feishu does not accept the access token', TOKEN_DEAD),
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
	10016: access('Feishu could not issue an access token for the app', APP_STATE),
	20002: access('App ID and App Secret do not belong together', BOTH_VALUES),
	20005: access('Feishu does not accept the access token', TOKEN_DEAD),
	20009: access('The app is not installed in this company', APP_STATE),
	20013: access('Feishu does not accept the access token', TOKEN_DEAD),
	40004: access('A department is outside the contact range of the app', CONTACT_RANGE),
	41050: access('A person is outside the contact range of the app', CONTACT_RANGE),
	99991201: input(
		'Feishu does not know this address',
		'Check Platform or Base URL in the credential: it is the address of the platform alone, without a path.',
	),
	99991301: input('Feishu does not take this kind of request here', GATEWAY),
	99991400: setup('rate-limited')(
		'Feishu kept limiting the number of calls',
		'Other workflows share the limit of this app. Run them at different times, or lower their number of items.',
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
