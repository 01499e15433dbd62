import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { describeIds, type IdsByField } from '../../approval/kindsOfIds';
import type { UserIdType } from '../../approval/userIds';
import { baseUrlOf, textOf } from '../account';
import { isObject } from '../../approval/json';
import { isLimited, type Failure } from '../answer';
import { CODES } from '../codes/codes';
import { APPROVAL_NOT_FOUND, INSTANCE_NOT_FOUND, USER_ID_REFUSED } from '../codes/groups';
import { limitInWords } from '../endpoints';
import { aboutPreview, cureOf } from './formMessages';
import { escapeHtml, link } from './html';

/** A code that a call carried. */
export interface SentCode {
	of: 'instance' | 'approval';
	/** The name of its field, as builders see it. */
	field: string;
	code: string;
	/** What the operation has to say where Feishu does not know the code. */
	notFound?: string;
}

/** What the node knows about a call and Feishu does not say. */
export interface CallContext {
	/** The kind of user ID that the call announced, and the IDs that it carried. */
	userIdType: UserIdType;
	ids: IdsByField;
	codes: SentCode[];
	/** The credential, only where a scope is missing: the description then says where to ask for it. */
	app?: ICredentialDataDecryptedObject;
}

const isWebAddress = (url: unknown): url is string =>
	typeof url === 'string' && /^https?:\/\//.test(url);

const objects = (list: unknown): IDataObject[] =>
	Array.isArray(list) ? list.filter(isObject) : [];

/** Anything as HTML text: what Feishu sends may be an object where its pages promise text. */
function htmlOf(value: unknown): string {
	const isPlain = typeof value !== 'object' || value === null;
	return escapeHtml(isPlain ? String(value ?? '') : JSON.stringify(value));
}

/** Where a scope can be asked for with one click (API sheet 2.6). */
function scopePage(app: ICredentialDataDecryptedObject, scopes: string[]): string {
	const query = new URLSearchParams({ clientID: textOf(app, 'appId'), scopes: scopes.join(',') });
	return `${baseUrlOf(app)}/page/scope-apply?${query.toString()}`;
}

function aboutScopes({ msg, details }: Failure, { app }: CallContext): string[] {
	if (app === undefined) return [];
	const violations = objects(details?.permission_violations);
	const named = violations
		.map(({ subject, scope }) => subject ?? scope)
		.filter((name): name is string => typeof name === 'string' && name !== '');
	const listed = /\[([^\]]+)\]/.exec(msg ?? '')?.[1].split(/[,\s]/) ?? [];
	const scopes = [...new Set(named.length > 0 ? named : listed)].filter(Boolean);
	if (scopes.length === 0) return [];

	const given = objects(details?.helps)[0]?.url;
	const page = isWebAddress(given) ? given : scopePage(app, scopes);
	const isField = violations.some(({ type }) => type === 'field_scope_required');
	return [
		`Missing: ${scopes.map((scope) => `\`${escapeHtml(scope)}\``).join(' or ')}.`,
		isField ? 'It is needed for user IDs of the kind "User ID"; open IDs work without it.' : '',
		link(page, 'Ask for the scope in the developer console'),
	];
}

function aboutCodes(of: SentCode['of'], { codes }: CallContext): string[] {
	const concerned = codes.filter((sent) => sent.of === of);
	const hints = concerned.map(({ notFound = '' }) => notFound);
	// An instance is known only together with the definition that it belongs to.
	const others = of === 'instance' ? codes.filter((sent) => sent.of !== of) : [];
	const named = [...concerned, ...others];
	return [...hints, ...named.map(({ field, code }) => `${field} was \`${escapeHtml(code)}\`.`)];
}

function aboutFormField({ msg = '' }: Failure): string[] {
	const field = /\bwidget[\w-]*\d[\w-]*/i.exec(msg)?.[0];
	return field === undefined
		? []
		: [`Feishu names the form field \`${field}\`: look for this ID in the form of the approval.`];
}

function aboutFields({ details }: Failure): string[] {
	return objects(details?.field_violations).map(({ field, value, description }) => {
		const had = value === undefined || value === '' ? '' : ` (value \`${htmlOf(value)}\`)`;
		return `\`${htmlOf(field)}\`${had}: ${htmlOf(description)}.`;
	});
}

function aboutLimit(failure: Failure): string[] {
	const limit = failure.endpoint && limitInWords(failure.endpoint);
	return isLimited(failure) && limit ? [`Feishu allows ${limit} here.`] : [];
}

function whatFeishuSaid({ code, msg, httpStatus, logId, details, reason }: Failure): string {
	const facts = [
		code === undefined ? '' : `code ${code}`,
		httpStatus === undefined ? '' : `HTTP ${httpStatus}`,
		logId === undefined ? '' : `log ID ${escapeHtml(logId)}`,
		reason ?? '',
	].filter(Boolean);
	const said = msg === undefined ? '' : `Feishu said: "${escapeHtml(msg)}"`;
	const inBrackets = facts.length === 0 ? '' : `(${facts.join(', ')})`;
	const more = details?.troubleshooter;
	const help = isWebAddress(more) ? link(more, 'More about it at Feishu') : '';
	return [said, inBrackets, help].filter(Boolean).join(' ');
}

/** How to put right what went wrong, and what Feishu said, as the HTML that n8n shows. */
export function describe(failure: Failure, call: CallContext): string {
	const { code = 0 } = failure;
	return [
		failure.hint ?? cureOf(failure) ?? CODES[code]?.hint ?? '',
		...aboutPreview(failure),
		...aboutLimit(failure),
		...aboutScopes(failure, call),
		...(USER_ID_REFUSED.has(code) ? describeIds(call.userIdType, call.ids).map(escapeHtml) : []),
		...(APPROVAL_NOT_FOUND.has(code) ? aboutCodes('approval', call) : []),
		...(INSTANCE_NOT_FOUND.has(code) ? aboutCodes('instance', call) : []),
		...(code === 1390001 && failure.message === undefined ? aboutFormField(failure) : []),
		...aboutFields(failure),
		failure.note ?? '',
		whatFeishuSaid(failure),
	]
		.filter(Boolean)
		.join(' ');
}
