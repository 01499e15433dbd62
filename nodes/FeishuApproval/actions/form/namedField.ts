import type { FormField } from '../../../../approval/definition';
import { labelOf } from '../../../../approval/filling/names';
import { cureOf } from '../../../../feishu/errors/formMessages';
import { FeishuCallError } from '../../../../feishu/errors/callError';
import { escapeHtml } from '../../../../feishu/errors/html';

/** What is wrong most often with a value that fits its kind and that Feishu does not take all the same. */
const CHECKS: Record<string, string> = {
	attachmentV2: 'Enter files that Feishu takes in this field.',
	connect: 'Enter codes of approvals that the initiator can see; serial numbers are none.',
	contact:
		'Enter people of your company by email address, by mobile number that begins with "+", or by ID.',
	department: 'Enter open department IDs, which begin with od-, of departments that are there.',
	image: 'Enter pictures.',
	imageV2: 'Enter pictures.',
};

function fieldIn(message: string, fields: FormField[]): FormField | undefined {
	const all = fields.flatMap((field) => [...field.children, field]);
	const found = all.filter(({ id }) => message.includes(id));
	// One ID may be the beginning of another.
	return found.sort((one, other) => other.id.length - one.id.length)[0];
}

/**
 * The outcome of a call that carries a form. A refusal that names a field of it by its ID alone names
 * it as builders know it.
 *
 * @throws what `work` throws
 */
export async function namingField<T>(fields: FormField[], work: () => Promise<T>): Promise<T> {
	return await work().catch((thrown: unknown) => {
		if (!(thrown instanceof FeishuCallError)) throw thrown;
		const { failure, elapsed } = thrown;
		const field = failure.carriedOut === 'no' && fieldIn(failure.msg ?? '', fields);
		if (!field) throw thrown;
		const check = CHECKS[field.type ?? ''] ?? 'Check what was entered for this field.';
		const message = `Form: Feishu does not take what "${labelOf(field)}" holds`;
		const hint = cureOf(failure) ?? check;
		throw new FeishuCallError({ ...failure, message, hint: escapeHtml(hint) }, elapsed);
	});
}
