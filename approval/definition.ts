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
	/** The columns of a table, the parts of a group. */
	children: DefinitionField[];
}

/** Kinds that Create refuses (API sheet 5.2). */
const NOT_CREATED = new Set([
	'account',
	'apaascorehrJobAdjustGroup',
	'apaascorehrOffboardingGroup',
	'apaascorehrOnboardingGroup',
	'apaascorehrRegularateGroup',
	'mutableGroup',
	'remedyGroupV2',
	'serialNumber',
	'text',
	'tripGroup',
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

const text = (value: unknown): string | null =>
	typeof value === 'string' && value !== '' ? value : null;

/** A list, which may also be JSON text. */
function listOf(value: unknown): unknown[] {
	const list = Array.isArray(value) ? value : readJson(value);
	return Array.isArray(list) ? (list as unknown[]) : [];
}

const isField = (value: unknown): value is IDataObject =>
	isObject(value) && typeof value.type === 'string' && typeof value.id === 'string';

/** Choices are listed in `option`; in a request that makes a definition, in `value` (API sheet 4.5). */
function choicesOf({ option, value }: IDataObject): Choice[] {
	return [option, value]
		.flatMap((place) => objectsIn(listOf(place)).filter((one) => !isField(one)))
		.flatMap(({ key, value: code, text: label }) => {
			const id = text(key) ?? text(code);
			return id === null ? [] : [{ key: id, text: text(label) ?? id }];
		});
}

/** The columns of a table or the parts of a group, wherever Feishu puts them (API sheet 11.11). */
function childrenOf({ children, value, option, ext }: IDataObject): DefinitionField[] {
	for (const place of [children, value, option, ext]) {
		const found = listOf(place).filter(isField);
		if (found.length > 0) return found.map(readField);
	}
	return [];
}

function canBeCreated(type: string | null): boolean | null {
	if (type === null) return null;
	if (NOT_CREATED.has(type)) return false;
	return CREATED.has(type) ? true : null;
}

function readField(field: IDataObject): DefinitionField {
	const type = text(field.type);
	return {
		id: String(field.id),
		custom_id: text(field.custom_id),
		name: text(field.name),
		type,
		required: field.required === true || field.required === 'true',
		options: choicesOf(field),
		can_be_created: canBeCreated(type),
		children: childrenOf(field),
	};
}

/** The fields of a definition's form, which is JSON text (API sheet 4.5); what is none is left out. */
export function readDefinitionForm(form: unknown): DefinitionField[] {
	return listOf(form).filter(isField).map(readField);
}

/** What most workflows need of a definition (API sheet 4.5). */
export function simplifyDefinition(code: string, data: IDataObject): IDataObject {
	return {
		approval_code: code,
		approval_name: data.approval_name ?? null,
		status: data.status ?? null,
		fields: readDefinitionForm(data.form) as unknown as IDataObject[],
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
