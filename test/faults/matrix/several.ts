import { businessError, gatewayPage, rateLimited, SANDBOX_APP } from '../../../sandbox';
import { COPIED, READ, RESENT } from '../outcomes';
import type { Group, Row } from '../row';

const rows: Row[] = [
	{
		fault: 'A limit, then a refused token, then HTTP 502',
		how: 'each approval, once',
		meets: 'all',
		timeouts: { limitMs: 300 },
		arrange(world) {
			world.meetAtFirst(rateLimited(1));
			world.meetAtFirst(businessError(99991663, 'Invalid access token'));
			world.meetAtFirst(gatewayPage());
		},
		exchanges: 'any',
		get: { word: READ, calls: { get: 4 } },
		cc: { word: RESENT, calls: { cc: 4, get: 5 } },
		skip: { word: RESENT, calls: { cc: 4, get: 6 } },
	},
	{
		fault: 'The token was revoked, and the exchange for a new one drips',
		how: 'once',
		meets: 'all',
		timeouts: { exchangeMs: 400 },
		lateMs: 1800,
		arrange(world) {
			world.sandbox.tokens.revoke(SANDBOX_APP.app_id);
			world.meet('exchange', { kind: 'drip', everyMs: 15 }, 1);
		},
		exchanges: 2,
		get: { word: READ },
		cc: { word: COPIED },
		skip: { word: COPIED },
	},
	{
		fault: 'The token is revoked when a limit is over',
		how: 'one approval',
		meets: 'all',
		timeouts: { limitMs: 300 },
		arrange(world) {
			const { tokens } = world.sandbox;
			world.meetAtFirst(rateLimited(1), [world.target]);
			const revoke = () => tokens.revoke(SANDBOX_APP.app_id);
			world.meetAtFirst({ kind: 'run', do: revoke }, [world.target]);
		},
		exchanges: 'any',
		get: { word: READ },
		cc: { word: COPIED },
		skip: { word: COPIED },
	},
];

export const several: Group = { title: 'Several at once', rows };
