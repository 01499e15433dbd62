import type { Measured } from '../judge';
import type { Leaks } from '../leaks';
import type { Part } from '../part';
import type { Way } from '../../../sandbox';
import { TRIGGER_ROWS, type TriggerRow } from './rows';
import { Scene } from './scene';

const WAYS: Way[] = ['webhook', 'longConnection'];
const NOT_THERE: Measured = { word: '–', items: 0, cutOff: 0, lost: 0, twice: 0, problems: [] };

/** What the sender got for each push, try after try. */
function answersOf({ deliveries }: Scene): string {
	return deliveries
		.flatMap(({ attempts }) => attempts)
		.sort((one, other) => one.at - other.at)
		.map(({ status }) => String(status ?? 'none'))
		.join(', ');
}

/** The first two sentences; what follows differs from run to run. */
const beginningOf = (text: string) =>
	text
		.split(/(?<=\.)\s/)
		.slice(0, 2)
		.join(' ');

function wordOf(scene: Scene): string {
	const { host, refusal, items } = scene;
	if (refusal !== '') return `not published: “${beginningOf(refusal)}”`;
	const answers = answersOf(scene);
	const runs = ['no run', 'one run'][items.length] ?? `${items.length} runs`;
	const withError = items.some((item) => 'instance_error' in item) ? ', with instance_error' : '';
	const failed = host.errors.map((error) => `; an error execution: “${beginningOf(error)}”`);
	return `${answers === '' ? '' : `${answers}; `}${runs}${withError}${failed.join('')}`;
}

function judge(scene: Scene, row: TriggerRow): Measured {
	const { answers = '', runs = 1, failure, refusal, item } = row[scene.way]!;
	const { host, items, deliveries } = scene;
	const events = new Set(deliveries.filter(({ forged }) => !forged).map(({ id }) => id)).size;
	const text = JSON.stringify(items);
	const problems = [
		...(answersOf(scene) === answers ? [] : [`answers ${answersOf(scene)}, not ${answers}`]),
		...(host.errors.length === (failure ? 1 : 0) ? [] : [`errors: ${host.errors.join('; ')}`]),
		...(failure?.test(host.errors[0]) === false ? [`another error: ${host.errors[0]}`] : []),
		...((refusal ?? /^$/).test(scene.refusal) ? [] : [`refused: ${scene.refusal}`]),
		...(item === undefined || item.test(text) ? [] : [`another item: ${text}`]),
	];
	return {
		word: wordOf(scene),
		items: events,
		cutOff: 0,
		lost: Math.max(0, runs - items.length),
		twice: Math.max(0, items.length - runs),
		problems,
	};
}

async function runCell(row: TriggerRow, way: Way, leaks: Leaks): Promise<Measured> {
	if (row[way] === undefined) return NOT_THERE;
	const scene = await Scene.open(way, leaks);
	try {
		await row.happen(scene);
		await scene.settled();
		return judge(scene, row);
	} catch (error) {
		const problem = `it broke: ${String(error)}`;
		return { ...NOT_THERE, word: problem, problems: [problem] };
	} finally {
		await scene.close();
	}
}

/** What becomes of events: every fault that is known, by both ways. */
export const TRIGGER_PARTS: Part[] = [
	{
		title: 'Events of the trigger',
		text: `One workflow begins with Feishu Approval Trigger; n8n around it is played with its own contexts (what it really does with runs is proved in a whole n8n, \`npm run test:e2e -- trigger\`), the platform pushes as the real one does. A cell says what the sender gets, push after push (over the long connection the code of the acknowledgement; *none*: nothing arrived, so the platform sends it again), and how many runs there are in the end. An error execution is told of where there is one; *not published*: the editor says this and what to do about it. An event counts as one of the items in the sums.`,
		heads: ['What goes wrong', 'Webhook', 'Long connection'],
		widths: [40, 50, 50],
		rows: TRIGGER_ROWS.map((row) => ({
			name: `trigger: ${row.fault}`,
			run: async (leaks) => {
				const all = async () =>
					await Promise.all(WAYS.map(async (way) => await runCell(row, way, leaks)));
				return [{ heads: [row.fault], cells: await leaks.during(all) }];
			},
		})),
	},
];
