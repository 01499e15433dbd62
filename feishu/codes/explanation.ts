/** Who or what has to act before a refused call can succeed: n8n's own words for it. */
export type Cause =
	| 'rate-limited'
	| 'quota-exhausted'
	| 'temporarily-unavailable'
	| 'credential-invalid'
	| 'configuration-invalid';

/** What a Feishu code means for a builder, and what to do about it. */
export interface Explanation {
	message: string;
	hint: string;
	cause: Cause;
}

export const setup =
	(cause: Cause) =>
	(message: string, hint: string): Explanation => ({ message, hint, cause });
export const input = setup('configuration-invalid');
export const access = setup('credential-invalid');
export const service = setup('temporarily-unavailable');

export const APP_STATE =
	'In the Feishu developer console, check that the app is enabled, has a published version and is installed in your company.';
export const ID_KIND =
	'Check that the ID is right, that it belongs to somebody in your company, and that User ID Type says which kind it is.';
export const GATEWAY =
	'Check Platform or Base URL in the credential; if it points to a gateway, check that the gateway passes requests on as they are.';
export const LATER =
	'Run the workflow again in a minute and, if it helps, lower the number of calls. If it stays, check the parameters and give the log ID to Feishu support.';
