import {
	businessError,
	emptyBody,
	gatewayPage,
	rateLimited,
	SANDBOX_APP,
	type Fault,
} from '../../../sandbox';
import { COPIED, READ, refused, type Expected } from '../outcomes';
import type { Group, Row } from '../row';
import { startElsewhere } from '../servers';

/** Bytes of the answer that carries a token, a little more than there are. */
const ANSWER_BYTES = 120;
const DRIP_MS = 15;

/** Without a token nothing is sent. */
function alike(expected: Expected): Pick<Row, 'get' | 'cc' | 'skip'> {
	const error = { ...expected, calls: { get: 0, cc: 0 } };
	return { get: error, cc: error, skip: error };
}

const once: Array<[string, Fault, Partial<Row>?]> = [
	['answers HTTP 502 with a web page', gatewayPage()],
	['answers nothing', emptyBody()],
	['answers half a JSON text', { kind: 'cut', how: 'json' }],
	['breaks off in the middle of its answer', { kind: 'cut' }],
	['is reset before the work', { kind: 'reset', when: 'before' }],
	['is reset after the work', { kind: 'reset', when: 'after' }],
	['is limited (HTTP 429, 99991400)', rateLimited(1)],
	['is slow, within its time', { kind: 'slow', ms: 300 }, { exchanges: 1 }],
	['answers after its time is up', { kind: 'slow', ms: 900 }, { timeouts: { exchangeMs: 400 } }],
	['hangs', { kind: 'hang' }, { timeouts: { exchangeMs: 400 } }],
	[
		'drips, byte by byte, for longer than its time',
		{ kind: 'drip', everyMs: DRIP_MS },
		{ timeouts: { exchangeMs: 400 }, lateMs: ANSWER_BYTES * DRIP_MS },
	],
];

const forGood: Array<[string, Fault, Expected, Partial<Row>?]> = [
	[
		'answers HTTP 503 with a web page',
		gatewayPage(503),
		refused("The answer is not one of Feishu's (HTTP 503)", {
			hint: /gateway or proxy/,
			data: { code: null, http_status: 503 },
		}),
	],
	[
		'hangs',
		{ kind: 'hang' },
		refused('Feishu did not answer in time', { hint: /proxy and firewall/ }),
		{ timeouts: { exchangeMs: 200 } },
	],
	[
		'refuses the secret (HTTP 200, 10015)',
		businessError(10015, 'app secret invalid', { status: 200 }),
		refused('The App Secret is wrong', {
			hint: /Copy the App Secret again/,
			data: { code: 10015, http_status: 200 },
		}),
	],
	[
		'says the secret back (HTTP 200, 19999)',
		businessError(19999, `unknown: ${SANDBOX_APP.app_secret}`, { status: 200 }),
		refused('Feishu refused the call', { hint: /unknown: \(hidden\)/ }),
	],
	[
		'answers without a token',
		{ kind: 'answer', status: 200, body: { code: 0, msg: 'ok' } },
		refused('Feishu answered without an access token', { hint: /Check Platform or Base URL/ }),
	],
];

const rows: Row[] = [
	...once.map(([what, fault, more]): Row => ({
		fault: `The exchange ${what}`,
		how: 'once',
		meets: 'all',
		cold: true,
		arrange: (world) => world.meet('exchange', fault, 1),
		exchanges: 2,
		get: { word: READ, calls: { get: 1 } },
		cc: { word: COPIED, calls: { cc: 1, get: 0 } },
		skip: { word: COPIED, calls: { cc: 1, get: 1 } },
		...more,
	})),
	...forGood.map(([what, fault, expected, more]): Row => ({
		fault: `The exchange ${what}`,
		how: 'for good',
		meets: 'all',
		cold: true,
		arrange: (world) => world.meet('exchange', fault),
		...alike(expected),
		...more,
	})),
	{
		fault: 'The exchange is redirected to another host',
		how: 'for good',
		meets: 'all',
		cold: true,
		async arrange(world) {
			const { url } = world.beware(await startElsewhere());
			world.meet('exchange', { kind: 'redirect', to: `${url}/token`, status: 307 });
		},
		...alike(
			refused('The server sent the call on to another address', {
				hint: /Check Platform or Base URL/,
				data: { code: null, http_status: 307 },
			}),
		),
	},
];

export const exchange: Group = { title: 'Exchange of app id and secret for a token', rows };
