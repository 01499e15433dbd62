import type { Wire } from '../row';

/** A request that reads with GET. */
export const get = (path: string, query: Wire['query'] = {}): Wire => ({
	method: 'GET',
	path,
	query,
	sdk: { body: {}, why: 'the SDK sends an empty object along with a GET' },
});

/** A request with a body. */
export const post = (path: string, query: Wire['query'], body: unknown): Wire => ({
	method: 'POST',
	path,
	query,
	body,
});
