import { NodeApiError, NodeOperationError, type IDataObject, type INode } from 'n8n-workflow';

import { CODES } from '../codes/codes';
import { describe, plain, type CallContext } from './description';
import { isLimited, isObject, type Failure } from '../answer';

/** Feishu refused a call or did not answer. For which item it was made, the caller knows. */
export class FeishuCallError extends Error {
	constructor(
		readonly failure: Failure,
		readonly call: CallContext,
	) {
		super();
	}
}

/**
 * A refused or unanswered call as an error that a builder can act on: what happened, how to mend it,
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

/** A value that cannot work, named after the field it stands in. */
export function badInput(
	node: INode,
	itemIndex: number,
	message: string,
	description: string,
): NodeOperationError {
	return new NodeOperationError(node, message, { description, itemIndex });
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
