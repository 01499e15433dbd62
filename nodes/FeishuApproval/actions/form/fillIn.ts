import type { FormField } from '../../../../approval/definition';
import type { Upload } from '../../../../approval/filling/filling';
import { completeForm, fillForm, type Filled } from '../../../../approval/filling/fillForm';
import { onlyFields } from '../../../../approval/filling/names';
import { Problem } from '../../../../approval/problem';
import type { ItemClient } from '../../../../feishu/client/itemClient';
import { escapeHtml } from '../../../../feishu/errors/html';
import { upload } from '../../../../feishu/files/upload';
import { keyOf } from '../../../../feishu/people/lookUp';
import { FROM_ITEM, type EnteredForm, type FormInput } from './formFields';
import { missingPerson, openIdsOf } from './peopleInForms';

function enteredIn(input: FormInput, feishu: ItemClient, fields: FormField[]): EnteredForm {
	const { formMode, formFields, formJson } = input;
	if (formMode === 'json') return formJson;
	return formFields === FROM_ITEM ? onlyFields(fields, feishu.data.json) : formFields;
}

/**
 * The form of an item, checked against the fields of the definition; nothing is sent.
 *
 * @throws a Problem that names the field if something entered cannot work
 */
export function checkedForm(feishu: ItemClient, fields: FormField[], input: FormInput): Filled {
	const { binaries, zone } = feishu.data;
	const filled = fillForm(fields, enteredIn(input, feishu, fields), { zone, binaries });
	if (!(filled instanceof Problem)) return filled;
	throw new Problem(`Form: ${filled.message}`, escapeHtml(filled.hint));
}

/**
 * The form as the API takes it, as text (API sheet 5.1): checked against the fields of the definition,
 * people looked up, and files of the item uploaded.
 *
 * @throws a Problem that names the field if something entered cannot work; nothing was sent then
 * @throws FeishuCallError if a look-up or an upload failed
 */
export async function fillIn(
	feishu: ItemClient,
	fields: FormField[],
	input: FormInput,
): Promise<string> {
	const filled = checkedForm(feishu, fields, input);
	const people = await openIdsOf(feishu, filled.addresses);
	const missing = missingPerson(filled.addresses, people);
	if (missing !== undefined) throw missing;
	const codes = new Map<Upload, string>();
	for (const one of filled.uploads) {
		codes.set(one, (await upload(feishu, one.binary, one.fileType)).code);
	}
	const widgets = completeForm(filled, {
		openId: (address) => people.ids.get(keyOf(address)),
		code: (one) => codes.get(one)!,
	});
	return JSON.stringify(widgets);
}
