import {
	rateLimited,
	rateLimitedAbsurdly,
	rateLimitedSilently,
	type Fault,
} from '../../../sandbox';
import { COPIED, READ, refused } from '../outcomes';
import type { Group, Row } from '../row';
import type { World } from '../world';

const DONE: Pick<Row, 'get' | 'cc' | 'skip'> = {
	get: { word: READ, calls: { get: 2 } },
	cc: { word: COPIED, calls: { cc: 2, get: 0 } },
	skip: { word: COPIED, calls: { cc: 2, get: 2 } },
};

const FINE: Pick<Row, 'get' | 'cc' | 'skip'> = {
	get: { word: READ },
	cc: { word: COPIED },
	skip: { word: COPIED },
};
const LIMITED = refused('Feishu kept limiting the number of calls', {
	hint: /Other workflows share the limit of this app/,
	data: { code: 99991400, http_status: 429 },
});

const bare = (headers: Record<string, string> = {}): Fault => ({
	kind: 'answer',
	status: 429,
	body: '<html><body><h1>429 Too Many Requests</h1></body></html>',
	headers: { 'content-type': 'text/html', 'x-tt-logid': null, ...headers },
});
const inOneMinute = () => new Date(Date.now() + 60_000).toUTCString();

/** A limit of one call, which has to be asked for again. */
function once(fault: string, limit: Fault, more: Partial<Row> = {}): Row {
	return {
		fault,
		how: 'one approval, once',
		meets: 'one',
		arrange: (world) => world.meetAtFirst(limit, [world.target]),
		...DONE,
		...more,
	};
}

const SHORT = { timeouts: { limitMs: 300 }, pauseMs: 300 };

/** Another client of the app leaves nothing of the allowance, for `ms` milliseconds. */
function useUp(world: World, ms: number, reset?: number): void {
	const { limits } = world.sandbox;
	for (const endpoint of ['get', 'cc'] as const) {
		limits.windows[endpoint] = [{ calls: 12, ms }];
		limits.consume(endpoint, 12);
	}
	limits.headers = ({ limit, resetSeconds }) => {
		world.hits++;
		return {
			'x-ogw-ratelimit-limit': String(limit),
			'x-ogw-ratelimit-reset': String(reset ?? resetSeconds),
		};
	};
}

const rows: Row[] = [
	...([429, 400] as const).map((status) =>
		once(`HTTP ${status}, 99991400, reset in 1 s`, rateLimited(1, status), {
			how: 'each approval, once',
			meets: 'all',
			pauseMs: 1000,
			arrange: (world) => world.meetAtFirst(rateLimited(1, status)),
		}),
	),
	once('HTTP 429, 99991400, without a reset', rateLimitedSilently(), SHORT),
	once('HTTP 400, 99991400, without a reset', rateLimitedSilently(400), SHORT),
	...['-5', '1e12', 'soon', '99999999', '9'.repeat(400), 'Infinity', 'NaN', '', '1, 1'].map(
		(reset) =>
			once(
				`A reset of “${reset.length > 20 ? `${reset.slice(0, 5)}… (${reset.length} digits)` : reset}”`,
				rateLimitedAbsurdly(reset),
				SHORT,
			),
	),
	once('A bare HTTP 429, a web page', bare(), SHORT),
	once('A bare HTTP 429 with Retry-After in seconds', bare({ 'retry-after': '1' }), {
		pauseMs: 1000,
	}),
	once('A bare HTTP 429 with Retry-After as a date', bare({ 'retry-after': inOneMinute() }), SHORT),
	{
		...once('HTTP 429 with “reset in 1 s” 12 times in a row', rateLimited(1)),
		how: 'one approval',
		meets: 'one',
		timeouts: { limitMs: 50 },
		arrange: (world) => world.meetAtFirst(rateLimited(1), [world.target], 12),
		get: { word: READ, calls: { get: 13 } },
		cc: { word: COPIED, calls: { cc: 13, get: 0 } },
		skip: { word: COPIED, calls: { cc: 13, get: 13 } },
	},
	{
		fault: 'Other clients use the whole allowance up',
		how: 'for 2 s',
		meets: 'all',
		arrange: (world) => useUp(world, 2000),
		...FINE,
	},
	{
		fault: 'The limit lasts 4 s, but each answer says “reset in 1 s”',
		how: 'at the beginning',
		meets: 'all',
		arrange: (world) => useUp(world, 4000, 1),
		...FINE,
	},
	{
		...once('HTTP 429, 99991400', rateLimited(52)),
		how: 'one approval, for good',
		meets: 'one',
		timeouts: { limitMs: 1, limitedMs: 1500 },
		arrange: (world) => world.meetForGood(rateLimited(52)),
		get: LIMITED,
		cc: LIMITED,
		skip: LIMITED,
	},
];

export const limits: Group = { title: 'Rate limits', rows };
