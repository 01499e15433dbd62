import {
	NodeApiError,
	NodeOperationError,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INode,
} from 'n8n-workflow';

import { baseUrlOf, textOf } from '../../../credentials/platform';
import { kindOf, type UserIdType } from '../approval/userIds';
import { CODES, SCOPE_MISSING, USER_ID_REFUSED } from './codes';
import { isObject, type Failure } from './envelope';

/** What the node knows about the refused call and Feishu does not say. */
export interface CallContext {
	itemIndex: number;
	/** The kind of user ID that the call announced, and the IDs that it carried. */
	userIdType?: UserIdType;
	userIds?: string[];
	/** The credential, for the page on which missing scopes can be asked for. */
	app?: ICredentialDataDecryptedObject;
}

const escaped = (text: string): string =>
	text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

const link = (url: unknown, text: string): string | undefined =>
	typeof url === 'string' && /^https?:\/\//.test(url)
		? `<a href="${escaped(url)}" target="_blank">${text}</a>`
		: undefined;

const objects = (list: unknown): IDataObject[] =>
	Array.isArray(list) ? list.filter(isObject) : [];

/** Where a scope can be asked for with one click (API sheet 2.6). */
function scopePage(app: ICredentialDataDecryptedObject, scopes: string[]): string {
	const query = new URLSearchParams({ clientID: textOf(app, 'appId'), scopes: scopes.join(',') });
	return `${baseUrlOf(app)}/page/scope-apply?${query.toString()}`;
}

function aboutScopes({ msg, details }: Failure, { app }: CallContext): string[] {
	const violations = objects(details?.permission_violations);
	const named = violations.map(({ subject, scope }) => String(subject ?? scope ?? ''));
	const listed = /\[([^\]]+)\]/.exec(msg ?? '')?.[1].split(/[,\s]+/) ?? [];
	const scopes = [...new Set(named.some(Boolean) ? named : listed)].filter(Boolean);
	if (scopes.length === 0) return [];

	const page = objects(details?.helps)[0]?.url ?? (app && scopePage(app, scopes));
	const isField = violations.some(({ type }) => type === 'field_scope_required');
	return [
		`Missing: ${scopes.map((scope) => `\`${escaped(scope)}\``).join(' or ')}.`,
		isField ? 'It is needed for user IDs of the kind "User ID"; open IDs work without it.' : '',
		link(page, 'Ask for the scope in the developer console') ?? '',
	];
}

function aboutUserIds({ userIdType, userIds = [] }: CallContext): string[] {
	if (userIdType === undefined) return [];
	const odd = userIds.find((id) => kindOf(id) !== userIdType);
	if (odd === undefined) return [];
	const kind = kindOf(odd);
	return [
		`User ID Type is \`${userIdType}\`, but \`${escaped(odd)}\` looks like a \`${kind}\`: set User ID Type to \`${kind}\`, or use other IDs.`,
	];
}

function aboutControl({ msg = '' }: Failure): string[] {
	const control = /\bwidget[\w-]*\d[\w-]*/i.exec(msg)?.[0];
	return control === undefined
		? []
		: [
				`Feishu names the form control \`${control}\`: look for this ID in the form of the approval.`,
			];
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
	const help = link(details?.troubleshooter, 'More about it at Feishu') ?? '';
	return [said, inBrackets, help].filter(Boolean).join(' ');
}

/**
 * A refused or unanswered call as an error that a builder can act on: what happened, how to mend it,
 * and what Feishu said with code, HTTP status and log ID, also as data in `context.data`.
 */
export function toNodeError(node: INode, failure: Failure, call: CallContext): NodeApiError {
	const { code, msg, httpStatus, logId, resetSeconds } = failure;
	const explained = code === undefined ? undefined : CODES[code];
	const description = [
		failure.cure ?? explained?.cure ?? '',
		...(code !== undefined && SCOPE_MISSING.has(code) ? aboutScopes(failure, call) : []),
		...(code !== undefined && USER_ID_REFUSED.has(code) ? aboutUserIds(call) : []),
		...(code === 1390001 ? aboutControl(failure) : []),
		...aboutFields(failure),
		whatFeishuSaid(failure),
	];
	const cause = explained?.cause ?? (failure.transient ? 'temporarily-unavailable' : undefined);

	// Never the answer itself: n8n would guess status and texts from it, and lose code and log ID.
	const error = new NodeApiError(
		node,
		{},
		{
			message: failure.what ?? explained?.what ?? 'Feishu refused the call',
			description: description.filter(Boolean).join(' '),
			httpCode: httpStatus?.toString(),
			itemIndex: call.itemIndex,
			failure:
				cause === 'rate-limited'
					? { cause, retryAfterMs: (resetSeconds ?? 60) * 1000 }
					: cause && { cause },
		},
	);
	error.context.data = {
		code: code ?? null,
		msg: msg ?? null,
		http_status: httpStatus ?? null,
		log_id: logId ?? null,
	};
	return error;
}

/** A value that cannot work, named after the field it stands in. */
export function badInput(
	node: INode,
	itemIndex: number,
	message: string,
	description: string,
): NodeOperationError {
	return new NodeOperationError(node, message, { description, itemIndex });
}

/** A description as text to read in a table: links written out, nothing escaped. */
function plain(description: string): string {
	return description
		.replace(/<a href="([^"]*)"[^>]*>([^<]*)<\/a>/g, '$2: $1')
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&quot;/g, '"')
		.replace(/&amp;/g, '&');
}

/** What "continue" puts into the item in place of a result. */
export function errorData(error: NodeApiError | NodeOperationError): IDataObject {
	const data = isObject(error.context.data) ? error.context.data : {};
	return {
		error: error.message,
		code: data.code ?? null,
		http_status: data.http_status ?? null,
		log_id: data.log_id ?? null,
		description: plain(error.description ?? ''),
	};
}
