import { Problem } from '../../../../../approval/problem';
import type { UserIdType } from '../../../../../approval/userIds';
import type { ItemClient } from '../../../../../feishu/client/itemClient';
import {
	untold,
	type Found,
	type ReadBack,
	type Written,
} from '../../../../../feishu/client/readBack';
import { INSTANCE_NOT_FOUND } from '../../../../../feishu/codes/groups';
import type { Call } from '../../../../../feishu/endpoints';
import { FeishuCallError } from '../../../../../feishu/errors/callError';
import { instanceCall } from '../../../../../feishu/instanceCall';

/** This uuid was used before (API sheet 4.3). */
const UUID_USED = 60012;

/** What is submitted, as the instance will show it. */
export interface Submission {
	uuid: string;
	/** Nobody else can know the uuid: what is found under it was submitted by this execution. */
	isDrawn: boolean;
	approvalCode: string;
	/** The initiator by the kind of ID that the call carries. */
	person: { kind: Exclude<UserIdType, 'union_id'>; id: string };
}

/** Under this UUID stands what somebody else submitted, or something else. */
class Another extends Problem {
	constructor(uuid: string) {
		super(
			`There is another approval with the UUID "${uuid}"`,
			'It is of another definition or of another person. Enter another UUID.',
		);
	}
}

/** Looks for the instance by its uuid, which no other can have (API sheet 4.1, 4.3). */
const search = (
	feishu: ItemClient,
	{ uuid, approvalCode, person }: Submission,
	call: Call,
): ReadBack => ({
	async look(): Promise<Found> {
		const answer = await feishu.ask(instanceCall(uuid));
		if (!answer.ok) {
			if (!INSTANCE_NOT_FOUND.has(answer.code)) return untold('Feishu', answer);
			const note = 'The approval was not there yet; it was sent again under the same UUID.';
			return { state: 'missing', call, note };
		}
		const { instance_code, approval_code: code, [person.kind]: initiator } = answer.data;
		const isOther = code !== approvalCode || (Boolean(initiator) && initiator !== person.id);
		if (isOther) return { state: 'unknown', problem: new Another(uuid) };
		const note = 'The approval was found by its UUID; nothing was sent again.';
		return { state: 'applied', note, data: { instance_code } };
	},
	isOnce: true,
	unknown: 'It is not known whether the approval was submitted',
	hint: 'Look in Feishu before you submit it again.',
});

/**
 * Submits an approval once (API sheet 4.3): under its uuid it is found again where an answer was
 * lost, and Feishu takes no second one.
 *
 * @throws Problem if another approval has this uuid
 * @throws FeishuCallError if Feishu refused, or if it cannot be known what became of the call
 */
export async function submit(
	feishu: ItemClient,
	submission: Submission,
	call: Call,
): Promise<Written & { isNew: boolean }> {
	const readBack = search(feishu, submission, call);
	const written = await feishu.write(call, readBack).catch((error: unknown) => {
		if (error instanceof FeishuCallError && error.failure.code === UUID_USED) return error;
		throw error;
	});
	if (!(written instanceof FeishuCallError)) return { ...written, isNew: true };
	const found = await feishu.confirm(readBack, () => 0);
	if (found.state === 'applied') {
		const data = found.data ?? {};
		if (submission.isDrawn) return { data, note: found.note, isNew: true };
		const note = 'It had been submitted under this UUID before; nothing was submitted again.';
		return { data, note, isNew: false };
	}
	throw found.state === 'unknown' && found.problem instanceof Another ? found.problem : written;
}
