import type { AddressInForm } from '../../../../approval/filling/filling';
import { yieldToEventLoop } from '../../../../feishu/timing';
import type { Waiting } from '../operation';
import { definitionOf, type Definition } from './definition';
import { checkedForm } from './fillIn';
import type { FormInput } from './formFields';
import { missingPerson, openIdsOf } from './peopleInForms';

/** After so many items, checking forms lets the rest of n8n have a turn. */
const CHECKED_IN_A_ROW = 50;

type WithForm = FormInput & { approvalCode: string; options: { skipCheck?: boolean } };

async function addressesIn<I extends WithForm>(
	{ feishu, input }: Waiting<I>,
	check: (definition: Definition, input: I) => void,
): Promise<AddressInForm[]> {
	if (input.options.skipCheck) return [];
	const definition = await definitionOf(feishu, input.approvalCode);
	check(definition, input);
	return checkedForm(feishu, definition.fields, input).addresses;
}

/**
 * Checks the forms of all items against their definitions and looks up the people in them together,
 * before the first is submitted. `check` throws what else is wrong with an item.
 *
 * @returns for each item why it cannot be submitted, or nothing
 */
export async function prepareForms<I extends WithForm>(
	items: Array<Waiting<I>>,
	check: (definition: Definition, input: I) => void = () => undefined,
): Promise<unknown[]> {
	if (items.length === 0) return [];
	const named: AddressInForm[][] = [];
	const failures = new Map<number, unknown>();
	for (const [index, item] of items.entries()) {
		if (index % CHECKED_IN_A_ROW === CHECKED_IN_A_ROW - 1) await yieldToEventLoop();
		named[index] = await addressesIn(item, check).catch((thrown: unknown) => {
			failures.set(index, thrown);
			return [];
		});
	}
	const people = await openIdsOf(items[0].feishu, named.flat());
	return named.map((addresses, index) => failures.get(index) ?? missingPerson(addresses, people));
}
