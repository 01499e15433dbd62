import type { Address } from '../../../../approval/addresses';
import type { FormField } from '../../../../approval/definition';
import type { Upload } from '../../../../approval/filling/filling';
import { completeForm, fillForm } from '../../../../approval/filling/fillForm';
import { Problem } from '../../../../approval/problem';
import type { ItemClient } from '../../../../feishu/client/itemClient';
import { escapeHtml } from '../../../../feishu/errors/html';
import { upload } from '../../../../feishu/files/upload';
import { keyOf, lookUpPeople } from '../../../../feishu/people/lookUp';
import { nobodyFound } from '../resolvePeople';
import type { EnteredForm } from './formFields';

/** The open IDs of people in forms, by their addresses; each is looked up once a run. */
async function openIds(feishu: ItemClient, addresses: Address[]): Promise<Map<string, string>> {
	const known = feishu.keep('people in forms', () => new Map<string, string>());
	const missing = addresses.filter((address) => !known.has(keyOf(address)));
	if (missing.length === 0) return known;
	const { ids, failed } = await lookUpPeople(feishu, missing, 'open_id');
	for (const address of missing) {
		const key = keyOf(address);
		const failure = failed.get(key);
		if (failure !== undefined) throw failure;
		const id = ids.get(key);
		if (id === undefined) throw nobodyFound('Form', address.value, address);
		known.set(key, id);
	}
	return known;
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
	form: EnteredForm,
): Promise<string> {
	const { binaries, zone } = feishu.data;
	const filled = fillForm(fields, form, { zone, binaries });
	if (filled instanceof Problem) {
		throw new Problem(`Form: ${filled.message}`, escapeHtml(filled.hint));
	}
	const ids = await openIds(feishu, filled.addresses);
	const codes = new Map<Upload, string>();
	for (const one of filled.uploads) {
		codes.set(one, (await upload(feishu, one.binary, one.fileType)).code);
	}
	const widgets = completeForm(filled, {
		openId: (address) => ids.get(keyOf(address)),
		code: (one) => codes.get(one)!,
	});
	return JSON.stringify(widgets);
}
