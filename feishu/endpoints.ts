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
