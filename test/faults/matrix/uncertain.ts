import { businessError, gatewayPage, type Fault, type JournalEntry } from '../../../sandbox';
import { READ, refused, RESENT } from '../outcomes';
import type { Group, Row } from '../row';
import { isAbout } from '../items';
import { UNKNOWN } from './answers';

const NOT_FEISHUS = refused("The answer is not one of Feishu's (HTTP 502)", {
	hint: /again in a few minutes/,
});
const NOT_ALLOWED = refused('The approval does not allow this operation', {
	data: { code: 1390009, http_status: 403 },
});
const lost = (when: 'before' | 'after'): Fault => ({ kind: 'reset', when });

/** The copy gets no answer, and asking the timeline brings this instead. */
function unreadable(what: string, copy: Fault, look: Fault, get: Row['get'], times: number): Row {
	return {
		fault: what,
		how: 'one approval, for good',
		meets: 'one',
		arrange(world) {
			world.meetForGood(copy, ['cc']);
			world.meetForGood(look, ['get']);
		},
		get: { ...get, calls: { get: times } },
		cc: { ...UNKNOWN, hint: /The timeline does not tell/, calls: { cc: 1, get: times } },
		skip: { ...get, calls: { get: times, cc: 0 } },
	};
}

const rows: Row[] = [
	unreadable(
		'No answer to the copy (not made), then HTTP 502',
		lost('before'),
		gatewayPage(),
		NOT_FEISHUS,
		4,
	),
	unreadable(
		'No answer to the copy (made), then HTTP 502',
		lost('after'),
		gatewayPage(),
		NOT_FEISHUS,
		4,
	),
	unreadable(
		'No answer to the copy (made), then HTTP 403 with 1390009',
		lost('after'),
		businessError(1390009, 'no operation permission', { status: 403 }),
		NOT_ALLOWED,
		1,
	),
	{
		fault: 'HTTP 502 after half of the people were copied',
		how: 'one approval, once',
		meets: 'one',
		arrange(world) {
			const { target, recipients, sandbox } = world;
			const copyOne = () => {
				const create_time = String(sandbox.clock.now());
				const open_id_list = recipients.slice(0, 1);
				target.instance.timeline.push({ type: 'CC', create_time, open_id_list, ext: '' });
			};
			const on = (entry: JournalEntry) => {
				const met = entry.endpoint === world.endpoint && isAbout(entry, target);
				if (met && world.operation !== 'get') copyOne();
				return met;
			};
			world.meet(on, gatewayPage(), 1);
		},
		get: { word: READ },
		cc: { word: RESENT, calls: { cc: 2, get: 2 } },
		skip: { word: RESENT, calls: { cc: 2, get: 3 } },
	},
];

export const uncertain: Group = {
	title: 'Copies that get no answer, and a timeline that does not help',
	rows,
};
