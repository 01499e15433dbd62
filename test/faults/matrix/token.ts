/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as wait } from 'node:timers/promises';

import { businessError, SANDBOX_APP } from '../../../sandbox';
import { COPIED, READ, refused, type Expected } from '../outcomes';
import type { Group, Row } from '../row';

const APP = SANDBOX_APP.app_id;

const FINE: Record<'get' | 'cc' | 'skip', Expected> = {
	get: { word: READ },
	cc: { word: COPIED },
	skip: { word: COPIED },
};
const MESSAGE = 'Feishu does not accept the access token';
const inVain = refused(MESSAGE, {
	hint: /A new token was fetched and refused as well.*Feishu said: "/,
	data: { code: 99991663, http_status: 400 },
});

const rows: Row[] = [
	{
		fault: 'The token has expired',
		how: 'before the run',
		meets: 'all',
		// No exchange is a moment old when a token expires.
		timeouts: { sharedMs: 100 },
		async arrange(world) {
			await wait(150);
			world.hits++;
			world.sandbox.tokens.expireIn(APP, -1);
			world.engine.setCredential({ accessExpiresAt: Date.now() - 1 });
		},
		exchanges: 1,
		get: { word: READ, calls: { get: 1 } },
		cc: { word: COPIED, calls: { cc: 1, get: 0 } },
		skip: { word: COPIED, calls: { cc: 1, get: 1 } },
	},
	{
		fault: 'The token was revoked',
		how: 'before the run',
		meets: 'all',
		arrange(world) {
			world.hits++;
			world.sandbox.tokens.revoke(APP);
		},
		exchanges: 1,
		...FINE,
	},
	{
		fault: 'The token is revoked',
		how: 'during a run',
		meets: 'all',
		approvals: 12,
		arrange(world) {
			const revoke = () => world.sandbox.tokens.revoke(APP);
			const on = ({ endpoint }: { endpoint: string }) => endpoint === world.endpoint;
			let calls = 0;
			world.meet((entry) => on(entry) && ++calls === 5, { kind: 'run', do: revoke });
		},
		exchanges: 1,
		...FINE,
	},
	{
		fault: 'The new token is refused, too',
		how: 'for good',
		meets: 'all',
		arrange(world) {
			world.hits++;
			world.sandbox.tokens.isLive = () => false;
		},
		exchanges: 1,
		get: inVain,
		cc: inVain,
		skip: inVain,
	},
	{
		fault: 'The new token is refused, too',
		how: 'one approval, for good',
		meets: 'one',
		arrange: (world) => world.meetForGood(businessError(99991663, 'Invalid access token')),
		exchanges: 1,
		get: { ...inVain, calls: { get: 2 } },
		cc: { ...inVain, calls: { cc: 2, get: 0 } },
		skip: { ...inVain, calls: { cc: 2, get: 1 } },
	},
	...[200, 401].map((status): Row => ({
		fault: `The token is refused with HTTP ${status}`,
		how: 'each approval, once',
		meets: 'all',
		arrange: (world) => world.meetAtFirst(businessError(99991663, 'Invalid', { status })),
		exchanges: 'any',
		...FINE,
	})),
];

export const token: Group = { title: 'Token', rows };
