import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';

/** At most `calls` calls in any `ms` milliseconds. */
export interface Window {
	calls: number;
	ms: number;
}

/** One endpoint of the platform, and what the client has to know of it to call it safely. */
export interface Endpoint {
	method: IHttpRequestMethods;
	/** Path with its parameters in braces. */
	path: string;
	/** What Feishu allows for each app and company; empty where nothing is published. */
	windows: Window[];
	/** A call only reads: it may be sent again whatever became of the first. */
	readOnly: boolean;
	/** It lies at the platform's other address, where it has one (API sheet 4.9). */
	isElsewhere?: true;
}

/** Published limits (API sheet 3), by the number of their tier. */
const TIERS = {
	3: [{ calls: 100, ms: 60_000 }],
	4: [
		{ calls: 50, ms: 1_000 },
		{ calls: 1000, ms: 60_000 },
	],
	7: [{ calls: 10, ms: 1_000 }],
	unknown: [],
} as const;

const endpoint = (
	method: IHttpRequestMethods,
	tier: keyof typeof TIERS,
	path: string,
	{ readOnly = method === 'GET' } = {},
): Endpoint => ({
	method,
	path: path.startsWith('/') ? path : `/open-apis/${path}`,
	windows: TIERS[tier].map((window) => ({ ...window })),
	readOnly,
});

const READS = { readOnly: true };
const INSTANCES = 'approval/v4/instances';
const TASKS = 'approval/v4/tasks';
const APPROVALS = 'approval/v4/approvals';

/** Every endpoint that the package calls (API sheet 3 to 4.9, 7.2). */
export const ENDPOINTS = {
	getInstance: endpoint('GET', 4, `${INSTANCES}/{instance_id}`),
	ccInstance: endpoint('POST', 3, `${INSTANCES}/cc`),
	createInstance: endpoint('POST', 3, INSTANCES),
	previewInstance: endpoint('POST', 4, `${INSTANCES}/preview`, READS),
	listInstances: endpoint('GET', 3, INSTANCES),
	queryInstances: endpoint('POST', 4, `${INSTANCES}/query`, READS),
	searchCc: endpoint('POST', 4, `${INSTANCES}/search_cc`, READS),
	cancelInstance: endpoint('POST', 3, `${INSTANCES}/cancel`),
	addSign: endpoint('POST', 4, `${INSTANCES}/add_sign`),
	rollBack: endpoint('POST', 4, `${INSTANCES}/specified_rollback`),
	approveTask: endpoint('POST', 3, `${TASKS}/approve`),
	rejectTask: endpoint('POST', 3, `${TASKS}/reject`),
	transferTask: endpoint('POST', 3, `${TASKS}/transfer`),
	resubmitTask: endpoint('POST', 3, `${TASKS}/resubmit`),
	queryTasks: endpoint('GET', 4, `${TASKS}/query`),
	searchTasks: endpoint('POST', 4, `${TASKS}/search`, READS),
	createComment: endpoint('POST', 4, `${INSTANCES}/{instance_id}/comments`),
	listComments: endpoint('GET', 4, `${INSTANCES}/{instance_id}/comments`),
	deleteComment: endpoint('DELETE', 4, `${INSTANCES}/{instance_id}/comments/{comment_id}`),
	removeComments: endpoint('POST', 4, `${INSTANCES}/{instance_id}/comments/remove`),
	getDefinition: endpoint('GET', 3, `${APPROVALS}/{approval_code}`),
	// Its page says 100 a minute, the platform's own data 20 a second: the stricter of the two.
	subscribe: endpoint('POST', 3, `${APPROVALS}/{approval_code}/subscribe`),
	unsubscribe: endpoint('POST', 3, `${APPROVALS}/{approval_code}/unsubscribe`),
	listDistricts: endpoint('GET', 7, 'approval/v4/districts'),
	searchDistricts: endpoint('POST', 3, 'approval/v4/districts/search', READS),
	// An upload notifies nobody, so that it may be repeated like a call that reads.
	uploadFile: {
		...endpoint('POST', 'unknown', '/approval/openapi/v2/file/upload', READS),
		isElsewhere: true,
	} as Endpoint,
	uploadFileV4: endpoint('POST', 'unknown', 'approval/v4/files/upload', READS),
	getUserIds: endpoint('POST', 4, 'contact/v3/users/batch_get_id', READS),
	getUsers: endpoint('GET', 4, 'contact/v3/users/batch'),
	getDepartments: endpoint('GET', 4, 'contact/v3/departments/batch'),
	countConnections: endpoint('GET', 'unknown', 'event/v1/connection'),
};

/** One call to Feishu. */
export interface Call {
	endpoint: Endpoint;
	/** Path with its parameters filled in and encoded. */
	path: string;
	qs?: IDataObject;
	body?: IDataObject | FormData;
}

/** A call of `endpoint`; `path` holds the values of the parameters in its path, not yet encoded. */
export function callOf(
	endpoint: Endpoint,
	{ path = {}, ...rest }: { path?: Record<string, string> } & Pick<Call, 'qs' | 'body'>,
): Call {
	const filled = endpoint.path.replace(/\{(\w+)\}/g, (_all, name: string) =>
		encodeURIComponent(path[name]),
	);
	return { endpoint, path: filled, ...rest };
}

/**
 * The endpoint of a path that somebody wrote (without its query): one that is known, so that its
 * limit is obeyed and a call that only reads may be repeated, else one of which nothing is known.
 */
export function endpointAt(method: IHttpRequestMethods, path: string): Endpoint {
	const known = Object.values(ENDPOINTS)
		.filter((one) => one.method === method)
		// A fixed path wins over one with a parameter in the same place.
		.sort((one, other) => one.path.split('{').length - other.path.split('{').length)
		.find((one) => new RegExp(`^${one.path.replace(/\{\w+\}/g, '[^/]+')}/?$`).test(path));
	return known ?? { method, path, windows: [], readOnly: method === 'GET' || method === 'HEAD' };
}

/** A limit in words, such as "50 calls a second and 1000 a minute"; nothing if none is published. */
export function limitInWords({ windows }: Endpoint): string | undefined {
	if (windows.length === 0) return undefined;
	const unit = (ms: number) => (ms >= 60_000 ? 'minute' : 'second');
	return windows
		.map(({ calls, ms }, index) => `${calls}${index === 0 ? ' calls' : ''} a ${unit(ms)}`)
		.join(' and ');
}
