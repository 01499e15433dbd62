import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { baseUrlOf, textOf } from '../account';
import { carried, type IdsByField } from '../../approval/kindsOfIds';
import type { UserIdType } from '../../approval/userIds';
import { APPROVAL_NOT_FOUND, INSTANCE_NOT_FOUND, USER_ID_REFUSED } from '../codes/groups';
import { CODES } from '../codes/codes';
import { isObject, type Failure } from '../answer';

/** What the node knows about the refused call and Feishu does not say. */
export interface CallContext {
	/** The kind of user ID that the call announced, and the IDs that it carried. */
	userIdType: UserIdType;
	ids: IdsByField;
	instanceCode: string;
	approvalCode?: string;
	/** The credential, only where a scope is missing: the description then says where to ask for it. */
	app?: ICredentialDataDecryptedObject;
}

const escaped = (text: string): string =>
	text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

const isWebAddress = (url: unknown): url is string =>
	typeof url === 'string' && /^https?:\/\//.test(url);

const link = (url: string, text: string): string =>
	`<a href="${escaped(url)}" target="_blank">${text}</a>`;

const objects = (list: unknown): IDataObject[] =>
	Array.isArray(list) ? list.filter(isObject) : [];

/** Where a scope can be asked for with one click (API sheet 2.6). */
function scopePage(app: ICredentialDataDecryptedObject, scopes: string[]): string {
	const query = new URLSearchParams({ clientID: textOf(app, 'appId'), scopes: scopes.join(',') });
	return `${baseUrlOf(app)}/page/scope-apply?${query.toString()}`;
}

function aboutScopes({ msg, details }: Failure, { app }: CallContext): string[] {
	if (app === undefined) return [];
	const violations = objects(details?.permission_violations);
	const named = violations.map(({ subject, scope }) => String(subject ?? scope ?? ''));
	const listed = /\[([^\]]+)\]/.exec(msg ?? '')?.[1].split(/[,\s]/) ?? [];
	const scopes = [...new Set(named.some(Boolean) ? named : listed)].filter(Boolean);
	if (scopes.length === 0) return [];

	const given = objects(details?.helps)[0]?.url;
	const page = isWebAddress(given) ? given : scopePage(app, scopes);
	const isField = violations.some(({ type }) => type === 'field_scope_required');
	return [
		`Missing: ${scopes.map((scope) => `\`${escaped(scope)}\``).join(' or ')}.`,
		isField ? 'It is needed for user IDs of the kind "User ID"; open IDs work without it.' : '',
		link(page, 'Ask for the scope in the developer console'),
	];
}

function aboutCode(field: string, code: string | undefined): string[] {
	return code === undefined ? [] : [`${field} was \`${escaped(code)}\`.`];
}

function aboutInstance({ instanceCode, approvalCode }: CallContext): string[] {
	const sent = aboutCode('Instance Code', instanceCode);
	if (approvalCode === undefined) return sent;
	return [
		'CC Instance takes the instance code, not the UUID of its creation, and the approval code of that same approval.',
		...sent,
		...aboutCode('Approval Code', approvalCode),
	];
}

function aboutFormField({ msg = '' }: Failure): string[] {
	const field = /\bwidget[\w-]*\d[\w-]*/i.exec(msg)?.[0];
	return field === undefined
		? []
		: [`Feishu names the form field \`${field}\`: look for this ID in the form of the approval.`];
}

function aboutFields({ details }: Failure): string[] {
	return objects(details?.field_violations).map(({ field, value, description }) => {
		const had = value === undefined || value === '' ? '' : ` (value \`${escaped(String(value))}\`)`;
		return `\`${escaped(String(field ?? ''))}\`${had}: ${escaped(String(description ?? ''))}.`;
	});
}

function whatFeishuSaid({ code, msg, httpStatus, logId, details, reason }: Failure): string {
	const facts = [
		code === undefined ? '' : `code ${code}`,
		httpStatus === undefined ? '' : `HTTP ${httpStatus}`,
		logId === undefined ? '' : `log ID ${escaped(logId)}`,
		reason ?? '',
	].filter(Boolean);
	const said = msg === undefined ? '' : `Feishu said: "${escaped(msg)}"`;
	const inBrackets = facts.length === 0 ? '' : `(${facts.join(', ')})`;
	const more = details?.troubleshooter;
	const help = isWebAddress(more) ? link(more, 'More about it at Feishu') : '';
	return [said, inBrackets, help].filter(Boolean).join(' ');
}

/** How to mend what went wrong, and what Feishu said, as the HTML that n8n shows. */
export function describe(failure: Failure, call: CallContext): string {
	const { code = 0 } = failure;
	return [
		failure.hint ?? CODES[code]?.hint ?? '',
		...aboutScopes(failure, call),
		...(USER_ID_REFUSED.has(code) ? carried(call.userIdType, call.ids).map(escaped) : []),
		...(APPROVAL_NOT_FOUND.has(code) ? aboutCode('Approval Code', call.approvalCode) : []),
		...(INSTANCE_NOT_FOUND.has(code) ? aboutInstance(call) : []),
		...(code === 1390001 ? aboutFormField(failure) : []),
		...aboutFields(failure),
		failure.note ?? '',
		whatFeishuSaid(failure),
	]
		.filter(Boolean)
		.join(' ');
}

/** A description as text to read in a table: links written out, nothing escaped. */
export function plain(description: string): string {
	return description
		.replace(/<a href="([^"]*)"[^>]*>([^<]*)<\/a>/g, '$2: $1')
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&quot;/g, '"')
		.replace(/&amp;/g, '&');
}
