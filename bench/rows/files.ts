import { startBinaryStore } from '../../test/engine/binaryStore';
import { IN_ENGINE, Ours } from '../contenders/ours';
import { atMost, exactly, type Figure } from '../figures';
import { peak } from '../heap';
import { unpaced } from '../pace';
import { codes } from '../platform';
import type { Bench } from './bench';

const COUNT = 10;
const BYTES = 50_000_000;
const MOST_BYTES = 60_000_000;

/** Download of large files into n8n's store on disk: they are never held whole. */
export async function files({ platform, rounds, say }: Bench): Promise<Figure[]> {
	const ours = await Ours.load(platform.url, 'files');
	await platform.setUp({
		contenders: [ours.name],
		instances: 1,
		limits: false,
		files: { count: COUNT, bytes: BYTES },
	});
	const [code] = codes(1);
	const memory: number[] = [];
	const times: number[] = [];
	const stored: number[] = [];
	for (let round = 0; round < rounds; round++) {
		say(`${COUNT} files of ${BYTES / 1_000_000} MB`);
		const store = await startBinaryStore();
		try {
			const begun = performance.now();
			memory.push(
				await peak(async () => {
					const outcome = await unpaced(async () => await ours.download(code));
					const whole = outcome.json('Feishu').filter(({ size }) => size === BYTES);
					stored.push(whole.length);
				}),
			);
			times.push((performance.now() - begun) / 1000);
		} finally {
			await store.close();
		}
	}
	const what = `File Download, ${COUNT} files of ${BYTES / 1_000_000} MB`;
	return [
		{
			what: `${what}: most memory of the process above idle`,
			who: IN_ENGINE,
			values: memory,
			unit: 'bytes',
			target: atMost(MOST_BYTES),
		},
		{
			what: `${what}: files stored whole`,
			who: IN_ENGINE,
			values: stored,
			unit: 'count',
			target: exactly(COUNT),
		},
		{ what: `${what}: seconds`, who: IN_ENGINE, values: times },
	];
}
