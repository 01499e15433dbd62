import { headerOf, type Frame } from './frames';

/** What an acknowledgement says, and what is wrong with it. */
interface Judgement {
	status?: number;
	answer: string;
	problem?: string;
}

/**
 * Judges an acknowledgement: the very frame of one part, with a header `biz_rt` in whole ms added
 * and `{"code":200}` as payload; any other code is a failure that the client reports.
 */
export function acknowledgementOf(frame: Frame, sent: Frame[]): Judgement {
	const answer = Buffer.from(frame.payload ?? []).toString('utf8');
	const status = codeOf(answer);
	const problem =
		differenceOf(frame, sent) ?? (status === 200 ? undefined : `the client answered ${answer}`);
	return { status, answer, problem };
}

function codeOf(answer: string): number | undefined {
	try {
		const { code } = JSON.parse(answer) as { code?: unknown };
		return typeof code === 'number' ? code : undefined;
	} catch {
		return undefined;
	}
}

function differenceOf(frame: Frame, sent: Frame[]): string | undefined {
	const part = sent.find((one) => headerOf(one, 'seq') === headerOf(frame, 'seq'));
	if (part === undefined) return 'acknowledged a part that was not sent';
	for (const field of ['SeqID', 'service', 'method', 'LogIDNew'] as const) {
		if (frame[field] !== part[field]) return `acknowledged with another ${field}`;
	}
	// The official SDK rounds it to what a number in JavaScript can tell.
	if (Number(frame.LogID) !== Number(part.LogID)) return 'acknowledged with another LogID';
	for (const { key, value } of part.headers) {
		if (headerOf(frame, key) !== value) return `acknowledged with another header ${key}`;
	}
	const time = headerOf(frame, 'biz_rt');
	return /^-?\d+$/.test(time ?? '') ? undefined : 'acknowledged without biz_rt in ms';
}
