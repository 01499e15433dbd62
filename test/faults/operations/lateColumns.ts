import { gatewayPage, type Fault } from '../../../sandbox';
import type { AfterLoss } from '../../contract/row';
import { CANCELLED, READ } from '../outcomes';
import {
	ASKED_AGAIN,
	BROKEN,
	FOUND,
	givenUp,
	lost,
	NOT_FEISHUS,
	RESENT,
	TWICE,
	type Column,
	type Expected,
} from './columns';

type ByKind = Record<AfterLoss, Expected>;

const LOST: Record<0 | 1, Fault> = {
	0: { kind: 'reset', when: 'before' },
	1: { kind: 'reset', when: 'after' },
};
const UNKNOWN = /not known whether/;
const UNKNOWN_BROKEN = /not known whether.*The connection broke/s;

/** What Feishu does twice if a call that it has lost comes late, after the second one. */
const DONE_TWICE_IF_LATE = new Set(['cc']);

const column = (title: string, arrange: Column['arrange'], expected: ByKind): Column => ({
	title,
	arrange,
	expected: ({ afterLoss }) => expected[afterLoss],
});

const forGood = (done: 0 | 1): Column =>
	column(
		`Connection reset each time, ${done ? 'done' : 'not done'}`,
		({ meet }) => meet(LOST[done], Infinity),
		{
			repeats: { word: BROKEN, sent: 4, done: 0, retried: { word: BROKEN, done: 0 } },
			'reads back': done
				? { word: FOUND, sent: 1, done: 1 }
				: { word: UNKNOWN_BROKEN, sent: 2, done: 0, retried: { word: UNKNOWN, done: 0 } },
			'asks again': { word: UNKNOWN, sent: 2, done, retried: { word: UNKNOWN, done } },
			'gives up': givenUp(done, BROKEN),
		},
	);

/** The call is carried out late; how often it was sent counts that, too. */
const afterFirstLook = column(
	'Lost, and done late: after the first look',
	({ carryOutLate, variant }) => carryOutLate(variant.afterLoss === 'reads back' ? 2 : 1),
	{
		repeats: { word: READ, sent: 3, done: 1 },
		'reads back': { word: FOUND, sent: 2, done: 1 },
		'asks again': { word: ASKED_AGAIN, sent: 3, done: 1 },
		'gives up': givenUp(0, BROKEN),
	},
);

const afterBothLooks: Column = {
	title: 'Lost, and done late: after both looks',
	arrange: ({ carryOutLate, variant }) => carryOutLate(variant.afterLoss === 'reads back' ? 3 : 1),
	expected: (variant) => {
		if (variant.afterLoss !== 'reads back') return afterFirstLook.expected(variant);
		const isTwice = DONE_TWICE_IF_LATE.has(variant.endpoint);
		return isTwice ? { word: TWICE, sent: 3, done: 2 } : { word: RESENT, sent: 3, done: 1 };
	},
};

/** What happens while it is looked for what became of a call. */
export const LATE_COLUMNS: Column[] = [
	{
		...lost('No answer ever, done', 1, { kind: 'hang', when: 'after' }, /not answer in time/),
		timeouts: { answerMs: 2_000 },
	},
	forGood(0),
	forGood(1),
	column(
		'Connection reset, done; and HTTP 502 for what is asked then',
		({ meet, thenMeet }) => {
			meet(LOST[1]);
			thenMeet(gatewayPage(502));
		},
		{
			repeats: { word: NOT_FEISHUS, sent: 4, done: 0, retried: { word: NOT_FEISHUS, done: 0 } },
			'reads back': { word: UNKNOWN, sent: 1, done: 1 },
			'asks again': { word: UNKNOWN, sent: 2, done: 1, retried: { word: UNKNOWN, done: 1 } },
			'gives up': givenUp(1, BROKEN),
		},
	),
	afterFirstLook,
	afterBothLooks,
	{
		title: 'Cancelled while it waits for an answer',
		arrange: ({ meet }) => meet({ kind: 'hang' }),
		isCancelled: true,
		expected: () => ({ word: CANCELLED, sent: 1, done: 0 }),
	},
];
