import { rateLimited, serverError, type Endpoint, type Fault } from '../../../sandbox';
import { CANCELLED } from '../outcomes';
import type { Timeouts } from '../timeouts';
import type { Group, Row } from '../row';

const END = { word: CANCELLED };

function cancelled(
	fault: string,
	on: Endpoint | 'own',
	met: Fault,
	timeouts: Partial<Timeouts>,
	more: Partial<Row> = {},
): Row {
	return {
		fault: `Cancelled ${fault}`,
		how: 'during the run',
		meets: 'all',
		cancelled: true,
		// Each wait would be over by then, so whatever it should not do would have been done.
		lateMs: 9_000,
		timeouts,
		arrange: (world) => world.meet(on === 'own' ? world.endpoint : on, met),
		get: END,
		cc: END,
		skip: END,
		...more,
	};
}

const rows: Row[] = [
	cancelled('while it waits for the end of a limit', 'own', rateLimited(6), {}),
	cancelled('while it waits for an answer', 'own', { kind: 'hang' }, { answerMs: 5_000 }),
	cancelled('while it waits before it asks again', 'own', serverError(), {
		pauseMs: 6_000,
		settleMs: 5_000,
	}),
	cancelled(
		'while it waits for the timeline after an unanswered copy',
		'own',
		{ kind: 'reset', when: 'after' },
		{ pauseMs: 6_000, settleMs: 5_000 },
	),
	cancelled(
		'while it waits for a token',
		'exchange',
		{ kind: 'slow', ms: 5_000 },
		{},
		{ cold: true },
	),
];

export const cancel: Group = { title: 'Cancelled runs', isAtOnce: true, rows };
