import { Problem } from '../../../../../approval/problem';
import { FROM_ITEM, type FormInput } from '../../form/formFields';
import type { Waiting } from '../../operation';

type Submitted = FormInput & { approvalCode: string; userId: string; options: { uuid?: string } };

/** What an item submits, in words that are the same for the same. */
function contentOf({ feishu, input }: Waiting<Submitted>): string {
	const { approvalCode, userId, formMode, formFields, formJson } = input;
	const mapped = formFields === FROM_ITEM ? feishu.data.json : formFields;
	return JSON.stringify([approvalCode, userId, formMode === 'json' ? formJson : mapped]);
}

/**
 * Why items cannot be submitted whose UUID another item of the run has for something else: Feishu
 * would take them for the same, and nobody would notice that they are missing.
 */
export function sharedUuids(items: Array<Waiting<Submitted>>): Array<Problem | undefined> {
	const contents = new Map<string, string>();
	return items.map((item) => {
		const { uuid } = item.input.options;
		if (uuid === undefined) return undefined;
		const content = contentOf(item);
		const known = contents.get(uuid) ?? content;
		contents.set(uuid, known);
		if (known === content) return undefined;
		return new Problem(
			`UUID is "${uuid}", which another item has that submits something else`,
			'Two approvals cannot have one UUID: this one would not be submitted. Make it of values that differ from item to item and are never empty, or remove the option UUID.',
		);
	});
}
