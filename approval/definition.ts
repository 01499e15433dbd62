import type { IDataObject } from 'n8n-workflow';

import { isObject, objectsIn, readJson } from './json';

/** A choice of a form field. */
export interface Choice {
	key: string;
	text: string;
}

/** A field of a definition's form. */
export interface DefinitionField {
	id: string;
	custom_id: string | null;
	name: string | null;
	type: string | null;
	required: boolean;
	options: Choice[];
	/** Whether the API can fill it in; null where nobody has described that. */
	can_be_created: boolean | null;
	/** Why it cannot, or why nobody knows; null where it can. */
	why_not: string | null;
	/** The columns of a table, the parts of a group. */
	children: DefinitionField[];
}

const BY_HAND =
	'The API does not take this kind of field. It can only be filled in by hand in Feishu.';

/** The same, with all that Feishu said of it. */
export interface FormField extends DefinitionField {
	children: FormField[];
	raw: IDataObject;
}

/** Kinds that Create refuses, and why (API sheet 5.2). */
const NOT_CREATED = new Map([
	['account', BY_HAND],
	['apaascorehrJobAdjustGroup', BY_HAND],
	['apaascorehrOffboardingGroup', BY_HAND],
	['apaascorehrOnboardingGroup', BY_HAND],
	['apaascorehrRegularateGroup', BY_HAND],
	['mutableGroup', 'The API does not take records of a Base.'],
	['remedyGroupV2', BY_HAND],
	['serialNumber', 'Feishu makes the number itself.'],
	['text', 'A note takes no value.'],
	['tripGroup', BY_HAND],
]);

/** Kinds that Create takes (API sheet 5.2 and 5.3). */
const CREATED = new Set([
	'address',
	'amount',
	'attachmentV2',
	'checkbox',
	'checkboxV2',
	'connect',
	'contact',
	'date',
	'dateInterval',
	'department',
	'document',
	'fieldList',
	'formula',
	'image',
	'imageV2',
	'input',
	'leaveGroupV2',
	'number',
	'outGroup',
	'radio',
	'radioV2',
	'shiftGroup',
	'telephone',
	'textarea',
	'workGroup',
]);

/** No form of Feishu goes deeper than a table in a group; what does is not read. */
const DEEPEST = 20;

const text = (value: unknown): string | null => {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : null;
};

/** A list, which may also be JSON text. */
function listOf(value: unknown): unknown[] {
	const list = Array.isArray(value) ? value : readJson(value);
	return Array.isArray(list) ? (list as unknown[]) : [];
}

const isField = (value: unknown): value is IDataObject =>
	isObject(value) && typeof value.type === 'string' && typeof value.id === 'string';

/** Choices are listed in `option`; in a request that makes a definition, in `value` (API sheet 4.5). */
function choicesOf({ option, value, ext }: IDataObject): Choice[] {
	const choices = new Map<string, Choice>();
	const all = [option, value, ext].flatMap((place) => objectsIn(listOf(place)));
	for (const one of all.filter((each): boolean => !isField(each))) {
		const key = text(one.key) ?? text(one.value) ?? text(one.id);
		if (key === null || choices.has(key)) continue;
		choices.set(key, { key, text: text(one.text) ?? text(one.name) ?? key });
	}
	return [...choices.values()];
}

/** The columns of a table or the parts of a group, wherever Feishu puts them (API sheet 11.11). */
function childrenOf({ children, value, option, ext }: IDataObject, depth: number) {
	for (const place of [children, value, option, ext]) {
		const found = listOf(place).filter(isField);
		if (found.length > 0) return readFields(found, depth + 1);
	}
	return [];
}

function creationOf(type: string | null) {
	const reason = NOT_CREATED.get(type ?? '');
	if (reason !== undefined) return { can_be_created: false, why_not: reason };
	if (type !== null && CREATED.has(type)) return { can_be_created: true, why_not: null };
	return {
		can_be_created: null,
		why_not: 'Whether the API can fill in this kind of field is not described by Feishu.',
	};
}

function readFields(fields: IDataObject[], depth: number): FormField[] {
	if (depth > DEEPEST) return [];
	return fields.map((field) => ({
		id: String(field.id),
		custom_id: text(field.custom_id),
		name: text(field.name),
		type: text(field.type),
		required: field.required === true || field.required === 'true',
		options: choicesOf(field),
		...creationOf(text(field.type)),
		children: childrenOf(field, depth),
		raw: field,
	}));
}

/** Reads the parts of a control group as if a definition listed them. */
export function describeParts(parts: object[]): FormField[] {
	return readFields(parts as IDataObject[], 0);
}

/** A field as Definition: Get gives it out. */
function describe(field: FormField): DefinitionField {
	const described: DefinitionField & { raw?: IDataObject } = { ...field };
	delete described.raw;
	return { ...described, children: field.children.map(describe) };
}

/** The fields of a definition's form, which is JSON text (API sheet 4.5); what is none is left out. */
export function readDefinitionForm(form: unknown): FormField[] {
	return readFields(listOf(form).filter(isField), 0);
}

/** What most workflows need of a definition (API sheet 4.5). */
export function simplifyDefinition(code: string, data: IDataObject): IDataObject {
	return {
		approval_code: code,
		approval_name: data.approval_name ?? null,
		status: data.status ?? null,
		fields: readDefinitionForm(data.form).map(describe) as unknown as IDataObject[],
		nodes: objectsIn(data.node_list).map((node) => ({
			node_id: node.node_id ?? null,
			custom_node_id: text(node.custom_node_id),
			name: node.name ?? null,
			node_type: node.node_type ?? null,
			need_approver: node.need_approver === true,
			approver_chosen_multi: node.approver_chosen_multi === true,
			approver_chosen_range: node.approver_chosen_range ?? [],
			require_signature: node.require_signature === true,
		})),
	};
}
