import type { IDataObject } from 'n8n-workflow';

import { withTimeout } from '../../../feishu/timing';
import type { Taken } from '../deliver';
import { parseBody, textOf } from '../events/body';
import { NAME } from '../log';
import { DATA, headerOf, type Frame } from './frames';
import { Parts } from './parts';
import { CONNECTION_TIMES } from './times';

/** Resolves when all who listen are done with an event, which they are to be at `until` (process ms). */
export type Handle = (
	body: IDataObject,
	note: (outcome: Taken) => void,
	until: number,
) => Promise<void>;

/** Takes the data frames of one connection, and answers each event with what became of it. */
export class FrameReceiver {
	private readonly parts = new Parts();

	/**
	 * @param handle gives an event to all who listen, and notes what becomes of it at each of them
	 * @param warn writes into n8n's log
	 */
	constructor(
		private readonly handle: Handle,
		private readonly warn: (text: string) => void,
	) {}

	/** Gives an acknowledgement to `answer` once the event is complete and its outcome known. Never rejects. */
	async receive(frame: Frame, answer: (frame: Frame) => void): Promise<void> {
		if (frame.method !== DATA) return;
		const start = performance.now();
		const payload = this.parts.join(frame, Date.now());
		if (payload === undefined) return;
		const code = headerOf(frame, 'type') === 'event' ? await this.codeFor(payload) : 200;
		const ms = Math.round(performance.now() - start);
		answer({
			...frame,
			headers: [...frame.headers, { key: 'biz_rt', value: String(ms) }],
			payload: Buffer.from(JSON.stringify({ code })),
		});
	}

	private async codeFor(payload: Uint8Array): Promise<number> {
		const body = parseBody(textOf(payload) ?? '');
		if (body === undefined) {
			this.warn(
				`${NAME}: an event that is not JSON came over the long connection and was passed over.`,
			);
			return 200;
		}
		let hasFailed = false;
		const note = (outcome: Taken) => {
			hasFailed ||= outcome === 'failed';
		};
		const until = performance.now() + CONNECTION_TIMES.acknowledgeMs - CONNECTION_TIMES.marginMs;
		const work = this.handle(body, note, until).catch(() => note('failed'));
		// Nothing may be taken for done of which nobody has said what became of it.
		const isKnown = await withTimeout(CONNECTION_TIMES.acknowledgeMs, undefined, async () => {
			await work;
			return true;
		});
		return isKnown && !hasFailed ? 200 : 500;
	}
}
