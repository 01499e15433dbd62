import { NodeApiError, NodeOperationError, type IDataObject, type INode } from 'n8n-workflow';

import type { Problem } from '../../approval/problem';
import { CODES } from '../codes/codes';
import { describe, type CallContext } from './description';
import { toPlainText } from './html';
import { isObject } from '../../approval/json';
import { isLimited, type Failure } from '../answer';

/**
 * A refused or unanswered call as an error that a builder can act on: what happened, how to fix it,
 * and what Feishu said with code, HTTP status and log ID, also as data in `context.data`.
 */
export function toNodeError(
	node: INode,
	failure: Failure,
	call: CallContext,
	itemIndex: number,
): NodeApiError {
	const { code, msg, httpStatus, logId, resetSeconds } = failure;
	const explained = CODES[code ?? 0];
	const fallback = failure.transient ? 'temporarily-unavailable' : undefined;
	const cause = isLimited(failure) ? 'rate-limited' : (explained?.cause ?? fallback);

	// Never the answer itself: n8n would guess status and texts from it, and lose code and log ID.
	const error = new NodeApiError(
		node,
		{},
		{
			message: failure.message ?? explained?.message ?? 'Feishu refused the call',
			description: describe(failure, call),
			httpCode: httpStatus?.toString(),
			itemIndex,
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

/** What was entered and cannot work, for an item. */
export function toInputError(
	node: INode,
	{ message, hint }: Problem,
	itemIndex: number,
): NodeOperationError {
	return new NodeOperationError(node, message, { description: hint, itemIndex });
}

/**
 * What "continue" puts into the item in place of a result. n8n merges it into the row at the error
 * output: there, `row` keeps the fields it has, and the explanation is whole in `feishu_error`.
 */
export function errorData(
	error: NodeApiError | NodeOperationError,
	row: IDataObject = {},
): IDataObject {
	const data = isObject(error.context.data) ? error.context.data : {};
	const explanation = {
		error: error.message,
		code: data.code ?? null,
		http_status: data.http_status ?? null,
		log_id: data.log_id ?? null,
		description: toPlainText(error.description ?? ''),
	};
	const free = Object.entries(explanation).filter(([name]) => !Object.hasOwn(row, name));
	return { ...Object.fromEntries(free), feishu_error: explanation };
}
