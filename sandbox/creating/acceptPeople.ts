import type { FormField } from './definition';
import { badWidget, type Accept, type Context, type Sent } from './widgets';

/** Widgets that point to something: people, departments, approvals, files, places (API sheet 5.2). */
export const acceptPeople: Accept = (context, field, sent) =>
	POINTING[field.type]?.(context, field, sent);

function texts(id: unknown, value: unknown): string[] {
	const isRight = Array.isArray(value) && value.every((one) => typeof one === 'string');
	if (!isRight) throw badWidget(id, 'value is not a list of strings');
	return value as string[];
}

/** By user IDs, open IDs, or both. */
function acceptContact({ platform }: Context, { id }: FormField, sent: Sent): Sent {
	const { value, open_ids: openIds } = sent;
	const users = [...platform.users.values()];
	const find = (kind: 'user_id' | 'open_id') => (given: string) => {
		const user = users.find((one) => one[kind] === given);
		if (user === undefined) throw badWidget(id, `user ${given} not found`);
		return user;
	};
	const found = new Set([
		...texts(id, openIds ?? []).map(find('open_id')),
		...texts(id, value ?? []).map(find('user_id')),
	]);
	if (found.size === 0) throw badWidget(id, 'value is empty');
	return {
		value: [...found].map((user) => user.user_id),
		open_ids: [...found].map((user) => user.open_id),
	};
}

function acceptDepartment(_context: Context, { id }: FormField, { value }: Sent): Sent {
	const list = Array.isArray(value) ? (value as Array<{ open_id?: unknown }>) : [];
	const isRight = ({ open_id: one }: { open_id?: unknown }) => /^od-\w+$/.test(String(one));
	if (list.length === 0 || !list.every(isRight)) throw badWidget(id, 'department is invalid');
	return { value: list.map(({ open_id: one }) => ({ name: 'Department', open_id: one })) };
}

function acceptRelated({ platform }: Context, { id }: FormField, { value }: Sent): Sent {
	const related = texts(id, value).map((code) => {
		const instance = platform.instances.get(code);
		if (instance === undefined) throw badWidget(id, `instance ${code} not found`);
		return instance;
	});
	return { value, ext: { serialIDs: related.map(({ serial_number: number }) => number) } };
}

function acceptDocument(_context: Context, { id }: FormField, { value }: Sent): Sent {
	const { token, type } = (value ?? {}) as { token?: unknown; type?: unknown };
	const isRight = typeof token === 'string' && /^\w+$/.test(token) && typeof type === 'string';
	if (!isRight) throw badWidget(id, 'token or type is invalid');
	const url = `https://sample.feishu.cn/${type}/${token}`;
	return { value: { token, type, title: 'Document', url } };
}

/** Upload codes of files of the right type; shown as links, their names beside them. */
function acceptFiles({ platform }: Context, { id, type }: FormField, { value }: Sent): Sent {
	const wanted = type === 'attachmentV2' ? 'attachment' : 'image';
	const files = texts(id, value).map((code) => {
		const file = platform.uploads.get(code);
		if (file === undefined) throw badWidget(id, `file code ${code} not found`);
		if (file.type !== wanted) throw badWidget(id, `the file was not uploaded as ${wanted}`);
		return file;
	});
	return { value: files.map(({ link }) => link), ext: files.map(({ name }) => name).join(',') };
}

/** Only the first place counts; the international platform takes none (API sheet 11.17). */
function acceptAddress(
	{ platform }: Context,
	{ id }: FormField,
	{ value }: Sent,
): Sent | undefined {
	if (platform.isLark) return undefined;
	const [first] = (Array.isArray(value) ? value : []) as Array<Record<string, unknown>>;
	if (typeof first?.id !== 'string' || first.id === '') throw badWidget(id, 'address is invalid');
	const { detailAddress: detail } = first;
	return { value: `China/District ${first.id}${typeof detail === 'string' ? `/${detail}` : ''}` };
}

function acceptTelephone(_context: Context, { id }: FormField, { value }: Sent): Sent {
	const { countryCode, nationalNumber } = (value ?? {}) as Record<string, unknown>;
	const isRight = /^\+\d+$/.test(String(countryCode)) && /^[\d-]+$/.test(String(nationalNumber));
	if (!isRight) throw badWidget(id, 'telephone is invalid');
	return { value: { country_code: countryCode, national_number: nationalNumber } };
}

const POINTING: Record<
	string,
	(context: Context, field: FormField, sent: Sent) => Sent | undefined
> = {
	contact: acceptContact,
	department: acceptDepartment,
	connect: acceptRelated,
	document: acceptDocument,
	attachmentV2: acceptFiles,
	image: acceptFiles,
	imageV2: acceptFiles,
	address: acceptAddress,
	telephone: acceptTelephone,
};
