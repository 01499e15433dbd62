import {
	businessError,
	emptyBody,
	gatewayPage,
	serverError,
	type Fault,
	type Instance,
	type JournalEntry,
} from '../../../sandbox';
import { CONFIRMED, COPIED, READ, refused, RESENT, type Expected } from '../outcomes';
import type { Group, Row } from '../row';
import { isAbout } from '../items';

type AnswerLike = Extract<Fault, { kind: 'answer' | 'cut' }>;

const notFeishus = (status: number) => `The answer is not one of Feishu's (HTTP ${status})`;
const LATER = /again in a (few )?minutes?/;

/** The answer does not tell whether the work was done. */
const UNCLEAR: Array<[string, AnswerLike, string]> = [
	['HTTP 500 with 2200', serverError(500), 'Feishu could not carry out the call'],
	['HTTP 500 with text', { kind: 'answer', status: 500, body: 'oops' }, notFeishus(500)],
	['HTTP 502 with a web page', gatewayPage(502), notFeishus(502)],
	['HTTP 503 with a web page', gatewayPage(503), notFeishus(503)],
	['HTTP 504 with a web page', gatewayPage(504), notFeishus(504)],
	['An empty body', emptyBody(), notFeishus(200)],
	['JSON cut in the middle', { kind: 'cut', how: 'json' }, notFeishus(200)],
	[
		'An answer that breaks off',
		{ kind: 'cut' },
		'The connection broke before the answer was complete',
	],
	[
		'An answer that is not compressed, though it says gzip',
		{
			kind: 'answer',
			status: 200,
			body: { code: 0, msg: 'success', data: {} },
			headers: { 'content-encoding': 'gzip' },
		},
		'The connection broke before the answer was complete',
	],
	[
		'An answer with headers of 100 kB',
		{
			kind: 'answer',
			status: 200,
			body: { code: 0, msg: 'success', data: {} },
			headers: { 'x-long': 'x'.repeat(100_000) },
		},
		'The connection broke before the answer was complete',
	],
	[
		'A sign-in page with HTTP 200',
		{ kind: 'answer', status: 200, body: '<html>Sign in</html>' },
		notFeishus(200),
	],
];

export const UNKNOWN = refused('It is not known whether the approval was copied', {
	hint: /Look at the instance in Feishu before you copy it again/,
});

/** Neither the copy nor its repeat is answered, and nothing was done. */
export const TWICE_UNCLEAR: Record<'cc' | 'skip', Expected> = {
	cc: { ...UNKNOWN, calls: { cc: 2, get: 4 } },
	skip: { ...UNKNOWN, calls: { cc: 2, get: 5 } },
};

/** Three ways to meet a fault that does not tell whether the work was done. */
export function unclear(fault: string, plain: Fault, done: Fault, what: string): Row[] {
	const at: Pick<Row, 'fault' | 'how' | 'meets'> = {
		fault,
		how: 'each approval, once; the work was not done',
		meets: 'all',
	};
	return [
		{
			...at,
			arrange: (world) => world.meetAtFirst(plain),
			get: { word: READ, calls: { get: 2 } },
			cc: { word: RESENT, calls: { cc: 2, get: 3 } },
			skip: { word: RESENT, calls: { cc: 2, get: 4 } },
		},
		{
			...at,
			how: 'each approval, once; the work was done',
			arrange: (world) => world.meetAtFirst(done),
			get: { word: READ, calls: { get: 2 } },
			cc: { word: CONFIRMED, calls: { cc: 1, get: 2 } },
			skip: { word: CONFIRMED, calls: { cc: 1, get: 3 } },
		},
		{
			...at,
			how: 'one approval, for good',
			meets: 'one',
			arrange: (world) => world.meetForGood(plain),
			get: refused(what, { hint: LATER, calls: { get: 4 } }),
			...TWICE_UNCLEAR,
		},
	];
}

/** Feishu says no: said once, asked once. */
function refusal(status: number, code: number, what: string, hint: RegExp): Row {
	const error: Expected = refused(what, { hint, data: { code, http_status: status } });
	return {
		fault: `HTTP ${status} with ${code}`,
		how: 'one approval, for good',
		meets: 'one',
		arrange: (world) => world.meetForGood(businessError(code, 'no', { status })),
		get: { ...error, calls: { get: 1 } },
		cc: { ...error, calls: { cc: 1, get: 0 } },
		skip: { ...error, calls: { cc: 1, get: 1 } },
	};
}

const FINE: Pick<Row, 'meets' | 'get' | 'cc' | 'skip'> = {
	meets: 'all',
	get: { word: READ, calls: { get: 1 } },
	cc: { word: COPIED, calls: { cc: 1, get: 0 } },
	skip: { word: COPIED, calls: { cc: 1, get: 1 } },
};

const TOLD = refused('Feishu refused the call', { hint: /unknown: Bearer \(hidden\)/ });
const TEN_MB = 10_000_000;

/** The right answer, work done, in a wrapping of its own. */
function inOtherWords(instance: Instance, headers?: Record<string, string | null>): Fault {
	const body = { code: 0, msg: 'success', data: instance };
	return { kind: 'answer', status: 200, body, headers, after: true };
}

const rows: Row[] = [
	...UNCLEAR.flatMap(([fault, plain, what]) =>
		unclear(fault, plain, { ...plain, after: true }, what),
	),
	...['text/plain', 'text/html; charset=utf-8', null].map((type): Row => ({
		fault: `A right answer with ${type === null ? 'no content type' : `content type ${type}`}`,
		how: 'each approval, once',
		...FINE,
		arrange(world) {
			for (const subject of world.subjects) {
				world.meetAtFirst(inOtherWords(subject.instance, { 'content-type': type }), [subject]);
			}
		},
	})),
	{
		fault: 'An answer of 10 MB',
		how: 'one approval, once',
		...FINE,
		meets: 'one',
		arrange(world) {
			const { target } = world;
			const value = 'x'.repeat(TEN_MB);
			target.instance.form = JSON.stringify([
				{ id: 'widget1', name: 'Reason', type: 'textarea', value },
			]);
			world.meetAtFirst(inOtherWords(target.instance), [target]);
		},
	},
	{
		...refusal(200, 1390001, 'Feishu refused a parameter', /Feishu said: "no" \(code 1390001/),
		// One row's value may be the bad one: where nobody was copied, each is tried alone.
		combine: refused('Feishu refused a parameter', { calls: { cc: 3, get: 6 } }),
	},
	refusal(400, 1390003, 'The approval instance was not found', /Check the code/),
	refusal(403, 1390009, 'The approval does not allow this operation', /operation permissions/),
	refusal(400, 1388888, 'Feishu refused the call', /Feishu said: "no" \(code 1388888/),
	{
		fault: 'HTTP 400 with 1390001',
		how: 'one approval, once',
		meets: 'one',
		arrange(world) {
			const { endpoint, target } = world;
			const first = (entry: JournalEntry) => entry.endpoint === endpoint && isAbout(entry, target);
			world.meet(first, businessError(1390001, 'no'), 1);
		},
		get: refused('Feishu refused a parameter', { calls: { get: 1 } }),
		cc: refused('Feishu refused a parameter', { calls: { cc: 1, get: 0 } }),
		skip: refused('Feishu refused a parameter', { calls: { cc: 1, get: 1 } }),
		combine: { word: COPIED, calls: { cc: 3, get: 2 } },
	},
	{
		fault: 'HTTP 400 that says the token back',
		how: 'one approval, for good',
		meets: 'one',
		arrange(world) {
			const { tenantAccessToken: token } = world.engine.credential();
			world.meetForGood(businessError(1388888, `unknown: Bearer ${String(token)}`));
		},
		get: TOLD,
		cc: TOLD,
		skip: TOLD,
	},
	{
		fault: 'HTTP 200 with code 0, but without data',
		how: 'one approval, for good',
		meets: 'one',
		arrange(world) {
			const body = { code: 0, msg: 'success' };
			world.meetForGood({ kind: 'answer', status: 200, body, after: true });
		},
		get: refused('Feishu answered without data', { hint: /gateway or proxy/, calls: { get: 1 } }),
		cc: { word: COPIED, calls: { cc: 1, get: 0 } },
		skip: { word: COPIED, calls: { cc: 1, get: 1 } },
	},
];

export const answers: Group = { title: 'Answers', rows };
