import type { Fault } from '../../../sandbox';
import { CONFIRMED, COPIED, READ, refused } from '../outcomes';
import type { Group, Row } from '../row';
import { buildDoor, startElsewhere, startUntrusted } from '../servers';
import { TWICE_UNCLEAR, unclear, UNKNOWN } from './answers';

const LATE = 'Feishu did not answer in time';
const BROKEN = 'The connection broke before the answer was complete';

/** Nothing reaches the platform: every item says why. */
function unreachable(what: string, hint: RegExp): Pick<Row, 'meets' | 'get' | 'cc' | 'skip'> {
	const error = refused(what, { hint, calls: { get: 0, cc: 0 } });
	return { meets: 'all', get: error, cc: error, skip: error };
}

/** Time runs out over these, so one item alone meets them, and in short time. */
function silent(fault: string, plain: Fault, done: Fault): Row[] {
	const timeouts = { answerMs: 1000, exchangeMs: 400 };
	return unclear(fault, plain, done, LATE).map((row) => ({
		...row,
		how: row.how.replace('each approval', 'one approval'),
		meets: 'one',
		timeouts,
		arrange: row.how.startsWith('each')
			? (world) => world.meetAtFirst(row.how.endsWith('not done') ? plain : done, [world.target])
			: row.arrange,
	}));
}

const REFUSED = unreachable(
	'Feishu could not be reached',
	/Base URL.*proxy and firewall.*ECONNREF/,
);

const NOT_SECURE = unreachable(
	'No secure connection could be made',
	/only if the server there speaks HTTPS/,
);

const rows: Row[] = [
	...[false, true].map((cold): Row => ({
		fault: 'Nobody listens (connection refused)',
		how: cold ? 'before there is a token' : 'for good',
		cold,
		...REFUSED,
		async arrange(world) {
			const door = await buildDoor(world.sandbox.port, () => world.hits++);
			world.onClose(door.close);
			world.moveTo(door.url);
		},
	})),
	{
		fault: 'Nobody listens (connection refused)',
		how: 'until the first call was refused',
		meets: 'all',
		timeouts: { pauseMs: 200 },
		async arrange(world) {
			const door = await buildDoor(world.sandbox.port, () => {
				if (world.hits++ === 0) void door.open();
			});
			world.onClose(door.close);
			world.moveTo(door.url);
		},
		get: { word: READ, calls: { get: 1 } },
		cc: { word: COPIED, calls: { cc: 1, get: 0 } },
		skip: { word: COPIED, calls: { cc: 1, get: 1 } },
	},
	...unclear(
		'The connection is reset',
		{ kind: 'reset', when: 'before' },
		{ kind: 'reset', when: 'after' },
		BROKEN,
	),
	...silent('No answer ever', { kind: 'hang' }, { kind: 'hang', when: 'after' }),
	{
		fault: 'The answer is slow, within its time',
		how: 'each approval, once',
		meets: 'all',
		arrange: (world) => world.meetAtFirst({ kind: 'slow', ms: 300, after: true }),
		get: { word: READ, calls: { get: 1 } },
		cc: { word: COPIED, calls: { cc: 1, get: 0 } },
		skip: { word: COPIED, calls: { cc: 1, get: 1 } },
	},
	{
		fault: 'The answer drips, byte by byte',
		how: 'one approval, once; the work was done',
		meets: 'one',
		timeouts: { answerMs: 600, exchangeMs: 300 },
		arrange: (world) => world.meetAtFirst({ kind: 'drip', everyMs: 60 }, [world.target]),
		get: { word: READ, calls: { get: 2 } },
		cc: { word: CONFIRMED, calls: { cc: 1, get: 2 } },
		skip: { word: CONFIRMED, calls: { cc: 1, get: 3 } },
	},
	{
		fault: 'The answer drips, byte by byte',
		how: 'one approval, for good',
		meets: 'one',
		timeouts: { answerMs: 600, exchangeMs: 300 },
		arrange: (world) => world.meetForGood({ kind: 'drip', everyMs: 60 }),
		get: refused(LATE, { hint: /again in a few minutes/, calls: { get: 4 } }),
		cc: { word: CONFIRMED, calls: { cc: 1, get: 1 } },
		skip: { word: CONFIRMED, calls: { cc: 1, get: 2 } },
	},
	{
		fault: 'The name of the host is not known (DNS)',
		how: 'for good',
		...unreachable('Feishu could not be reached', /Base URL.*\((ENOTFOUND|EAI_AGAIN)\)/),
		arrange(world) {
			world.hits++;
			world.moveTo('https://feishu.invalid');
		},
	},
	...[false, true].map((cold): Row => ({
		fault: 'The certificate is self-signed (TLS)',
		how: cold ? 'before there is a token' : 'for good',
		cold,
		...unreachable("The server's certificate is not trusted", /valid certificate.*SELF_SIGNED/),
		async arrange(world) {
			world.hits++;
			world.moveTo(world.beware(await startUntrusted()).url);
		},
	})),
	...[false, true].map((cold): Row => ({
		fault: 'The server does not encrypt, though the address begins with https (TLS)',
		how: cold ? 'before there is a token' : 'for good',
		cold,
		...NOT_SECURE,
		// An open connection can end in the same way, so a copy may have been made.
		cc: cold ? NOT_SECURE.cc : { ...UNKNOWN, calls: { get: 0, cc: 0 } },
		arrange(world) {
			world.hits++;
			world.moveTo(world.sandbox.url.replace('http:', 'https:'));
		},
	})),
	...[301, 302, 303, 307, 308].map((status): Row => {
		const error = refused('The server sent the call on to another address', {
			hint: /The access token goes to no other address/,
			data: { code: null, http_status: status },
		});
		return {
			fault: `A redirect to another host (HTTP ${status})`,
			how: 'one approval, for good',
			meets: 'one',
			async arrange(world) {
				const { url } = world.beware(await startElsewhere());
				const headers = { location: `${url}/open-apis/approval/v4/instances/x` };
				world.meetForGood({ kind: 'answer', status, body: '', headers });
			},
			get: { ...error, calls: { get: 1 } },
			// 303 means: done, what came of it is to be found there.
			cc: status === 303 ? TWICE_UNCLEAR.cc : { ...error, calls: { cc: 1, get: 0 } },
			skip: status === 303 ? TWICE_UNCLEAR.skip : { ...error, calls: { cc: 1, get: 1 } },
		};
	}),
];

export const connection: Group = { title: 'Connection', rows };
