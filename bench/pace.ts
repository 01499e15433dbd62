/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a program for a terminal */
import { createRequire } from 'node:module';

import type * as Endpoints from '../feishu/endpoints';
import { limitsOf } from '../test/engine/limits';

const { ENDPOINTS } = createRequire(__filename)('../dist/feishu/endpoints') as typeof Endpoints;
const LIMITS = limitsOf(ENDPOINTS);

/** The published limits, as the built package knows them. */
export const PUBLISHED = structuredClone({ ...LIMITS });

/** Does `work` while the windows of the built package are as wide as ever but take no time. */
export async function unpaced<T>(work: () => Promise<T>): Promise<T> {
	return await paced(Infinity, work);
}

/** Does `work` while the time of the built package's windows runs `speed` times as fast. */
export async function paced<T>(speed: number, work: () => Promise<T>): Promise<T> {
	for (const [endpoint, windows] of Object.entries(PUBLISHED)) {
		Object.assign(LIMITS, {
			[endpoint]: windows.map(({ calls, ms }) => ({ calls, ms: ms / speed })),
		});
	}
	try {
		return await work();
	} finally {
		Object.assign(LIMITS, PUBLISHED);
	}
}
