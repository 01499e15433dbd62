import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';

/** At most `calls` calls in any `ms` milliseconds. */
export interface Window {
	calls: number;
	ms: number;
}

/** Published limits per API, app and company (API sheet 3). */
export const LIMITS: Record<'getInstance' | 'ccInstance', Window[]> = {
	getInstance: [
		{ calls: 50, ms: 1_000 },
		{ calls: 1000, ms: 60_000 },
	],
	ccInstance: [{ calls: 100, ms: 60_000 }],
};

/** How long things may take before the node goes on without them (ms). */
export const PATIENCE = {
	/** One answer, from sending to its last byte. */
	answerMs: 30_000,
	/** The exchange of app id and secret for a token. */
	exchangeMs: 20_000,
	/**
	 * How long one exchange answers for everybody in this process who asks for the same app. Calls that
	 * read the credential just before the new token was saved come a little late.
	 */
	sharedMs: 10_000,
	/** The first pause before a repeat; every further one is three times as long. */
	pauseMs: 400,
	/** The longest single pause for a rate limit: the longest window that Feishu publishes. */
	limitMs: 60_000,
	/** How long one call may go on being limited: longer than any limit that time cures. */
	limitedMs: 20 * 60_000,
	/** After an uncertain copy, until Feishu's timeline is taken to show it. */
	settleMs: 1_500,
	/** And if it does not show it then, until it is taken for a copy that was not made. */
	lateMs: 10_000,
};

/** One call to Feishu. */
export interface Call {
	limit: keyof typeof LIMITS;
	method: IHttpRequestMethods;
	/** Path with its segments encoded. */
	path: string;
	qs?: IDataObject;
	body?: IDataObject;
}

/** Get Instance (API sheet 4.1). `instanceId` is an instance code or the uuid given at creation. */
export function getInstanceCall(instanceId: string, qs: IDataObject = {}): Call {
	return {
		limit: 'getInstance',
		method: 'GET',
		path: `/open-apis/approval/v4/instances/${encodeURIComponent(instanceId)}`,
		qs,
	};
}

/** CC Instance (API sheet 4.2). */
export function ccInstanceCall(userIdType: string, body: IDataObject): Call {
	return {
		limit: 'ccInstance',
		method: 'POST',
		path: '/open-apis/approval/v4/instances/cc',
		qs: { user_id_type: userIdType },
		body,
	};
}
