import { windowsOf } from '../../approval/windows';
import { inTurn } from '../contenders/contender';
import { IN_ENGINE, Ours } from '../contenders/ours';
import { OURS_IN_N8N } from '../contenders/workflows';
import { atMost, exactly, type Figure } from '../figures';
import { held } from '../heap';
import { earliest } from '../ideal';
import { paced, PUBLISHED, unpaced } from '../pace';
import { APPROVAL_CODE } from '../platform';
import type { Bench } from './bench';

const YEAR_MS = 365 * 86_400_000;
const WINDOW_MS = 10 * 3_600_000;
const INSTANCES = 2_000;
/** Nine minutes become one: windows and answers alike. */
const SPEED = 10;
const ANSWER_MS = 30;
const CREATE_EVERY_MS = 200;

const MANY = 50_000;
const MANY_DAYS = 20;

/** So many codes stand on a page. */
const PAGE = 100;

/** A period that ends now. */
function lastYear(ms = YEAR_MS) {
	const end = Date.now();
	const period = { start: end - ms, end };
	return { period, windows: windowsOf(period, WINDOW_MS).length };
}

/** Get Many over a year within the limits, while others create more, and what many codes hold. */
export async function finding(bench: Bench): Promise<Figure[]> {
	return [...(await year(bench)), ...(await window(bench)), ...(await heap(bench))];
}

/**
 * One window of ten hours, codes alone, beside the HTTP Request node with its pagination: it can
 * neither cut a longer period into windows nor read what the codes stand for.
 */
async function window({ platform, n8n, rounds, say }: Bench): Promise<Figure[]> {
	if (n8n === undefined) return [];
	const { finders } = n8n;
	const period = { start: Date.now() - WINDOW_MS, end: Date.now() };
	const setUp = async () =>
		await platform.setUp({
			contenders: finders.map(({ name }) => name),
			instances: INSTANCES,
			limits: true,
			answerMs: ANSWER_MS,
			created: period,
			light: true,
		});
	const idealMs = (INSTANCES / PAGE) * ANSWER_MS;
	const seen = new Map(
		finders.map(({ name }) => [name, { ratios: [] as number[], once: [] as number[] }]),
	);
	// The first round warms up.
	for (let round = -1; round < rounds; round++) {
		say(`one window of ten hours, round ${round + 1} of ${rounds}`);
		for (const { name, find } of inTurn(finders, round)) {
			await setUp();
			const { ms, codes } = await find(period);
			if (round < 0) continue;
			seen.get(name)!.ratios.push(ms / idealMs);
			seen.get(name)!.once.push(new Set(codes).size === codes.length ? codes.length : 0);
		}
	}
	const http = finders.find(({ name }) => name !== OURS_IN_N8N)!;
	await setUp();
	const { codes } = await http.find({ ...period, start: period.end - YEAR_MS });
	const what = `Get Many, one window of ten hours, ${INSTANCES} codes`;
	return [
		...[...seen].flatMap(([who, { ratios, once }]): Figure[] => [
			{
				what: `${what}: time / ideal`,
				who,
				values: ratios,
				note: `ideal: ${idealMs} ms, for the answers alone`,
			},
			{
				what: `${what}: found, each once`,
				who,
				values: once,
				unit: 'count',
				target: exactly(INSTANCES),
			},
		]),
		{
			what: 'Get Many over a year: codes found by one call with pagination',
			who: http.name,
			values: [codes.length],
			unit: 'count',
			note: 'Feishu refuses a period above ten hours',
		},
	];
}

async function year({ platform, say }: Bench): Promise<Figure[]> {
	const ours = await Ours.load(platform.url, 'finding');
	const { period, windows } = lastYear();
	await platform.setUp({
		contenders: [ours.name],
		instances: INSTANCES,
		limits: true,
		answerMs: ANSWER_MS / SPEED,
		created: period,
		speed: SPEED,
		createEveryMs: CREATE_EVERY_MS,
	});
	say(`a year in windows of ten hours, ${SPEED} times as fast; about a minute`);
	const { ms, outcome } = await paced(
		SPEED,
		async () =>
			await ours.getMany({
				approvalCode: APPROVAL_CODE,
				startTime: period.start,
				endTime: period.end,
			} as never),
	);
	const { gets, lists, limited } = await platform.seen(ours.name);
	const codes = outcome.json('Feishu').map(({ instance_code: code }) => code);
	const last = (count: number, limit: typeof PUBLISHED.getInstance, apartMs: number) =>
		earliest(count, limit, apartMs)[count - 1] + ANSWER_MS;
	const walking = last(windows, PUBLISHED.listInstances, ANSWER_MS);
	// What the last window brings is read after it.
	const idealMs = Math.max(walking + ANSWER_MS, last(INSTANCES, PUBLISHED.getInstance, 0)) / SPEED;

	const what = `Get Many over a year, ${INSTANCES} approvals`;
	const count = (name: string, value: number, wanted: number): Figure => ({
		what: `${what}: ${name}`,
		who: IN_ENGINE,
		values: [value],
		unit: 'count',
		target: exactly(wanted),
	});
	return [
		{
			what: `${what}: time / ideal`,
			who: IN_ENGINE,
			values: [ms / idealMs],
			target: atMost(1.05),
			note: `ideal: ${((idealMs * SPEED) / 1000).toFixed(0)} s, run ${SPEED} times as fast`,
		},
		count('calls for windows and pages', lists, windows),
		count('calls for approvals', gets, INSTANCES),
		count('calls refused for the limit', limited, 0),
		count('approvals found', codes.length, INSTANCES),
		count('approvals found once', new Set(codes).size, INSTANCES),
	];
}

async function heap({ platform, say }: Bench): Promise<Figure[]> {
	const ours = await Ours.load(platform.url, 'many codes');
	const { period, windows } = lastYear(MANY_DAYS * 86_400_000);
	await platform.setUp({
		contenders: [ours.name],
		instances: MANY,
		limits: false,
		created: period,
		light: true,
	});
	say(`${MANY} codes`);
	let begun = () => {};
	ours.onBegin(() => begun());
	const { items, above } = await unpaced(
		async () =>
			await held(windows, true, async (onBegin) => {
				begun = onBegin;
				const { outcome } = await ours.getMany({
					approvalCode: APPROVAL_CODE,
					startTime: period.start,
					endTime: period.end,
					includeDetails: false,
				} as never);
				if (outcome.json('Feishu').length !== MANY) throw new Error('Some codes are missing');
				return outcome;
			}),
	);
	const bytes = (name: string, value: number): Figure => ({
		what: `Get Many, ${MANY} codes: ${name}`,
		who: IN_ENGINE,
		values: [value],
		unit: 'bytes',
	});
	return [
		bytes('memory of the items themselves', items),
		{ ...bytes('memory above the items', above), target: atMost(16 * 1024 * 1024) },
	];
}
