import { windowsOf } from '../../approval/windows';
import { IN_ENGINE, Ours } from '../contenders/ours';
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

/** A period that ends now. */
function lastYear(ms = YEAR_MS) {
	const end = Date.now();
	const period = { start: end - ms, end };
	return { period, windows: windowsOf(period, WINDOW_MS).length };
}

/** Get Many over a year within the limits, while others create more, and what many codes hold. */
export async function finding(bench: Bench): Promise<Figure[]> {
	return [...(await year(bench)), ...(await heap(bench))];
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
