import {
	NodeOperationError,
	type ILoadOptionsFunctions,
	type INodePropertyOptions,
	type ResourceMapperFields,
} from 'n8n-workflow';

import { Problem } from '../../../approval/problem';
import { asText } from '../../../feishu/errors/explain';
import { escapeHtml } from '../../../feishu/errors/html';
import { mapperFieldsOf } from '../actions/form/mapperFields';
import { loadDefinition } from './loadDefinition';
import { loadDepartments } from './loadDepartments';

/**
 * The fields of the form of the definition that was entered (API sheet 4.5). n8n swallows what is
 * thrown here, so a refusal is told as a notice; it is not thrown.
 */
async function getFormFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const definition = await loadDefinition(this);
	if (definition instanceof Problem) {
		const { message, hint } = definition;
		const emptyFieldsNotice = `<b>${escapeHtml(message)}</b><br />${hint}`;
		return { fields: [], emptyFieldsNotice };
	}
	const fields = mapperFieldsOf(definition.fields);
	if (fields.length > 0) return { fields };
	return { fields, emptyFieldsNotice: 'The form of this definition has no fields.' };
}

/**
 * The nodes of the process of the definition that was entered (API sheet 4.5).
 *
 * @throws NodeOperationError with the reason if the definition cannot be read
 */
async function getProcessNodes(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const definition = await loadDefinition(this);
	if (definition instanceof Problem) {
		throw new NodeOperationError(this.getNode(), asText(definition));
	}
	return (definition.nodes ?? []).map(({ id, customId, name, needsApprover }) => ({
		name: needsApprover ? `${name} (Needs an Approver)` : name,
		value: customId || id,
	}));
}

/**
 * The departments of the person that was entered (API sheet 7.1).
 *
 * @throws NodeOperationError with the reason if they cannot be read
 */
async function getDepartments(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const departments = await loadDepartments(this);
	if (departments instanceof Problem) {
		throw new NodeOperationError(this.getNode(), asText(departments));
	}
	return departments.map(({ id, name = id }) => ({ name, value: id }));
}

/** What the panel of the node loads. */
export const methods = {
	loadOptions: { getDepartments, getProcessNodes },
	resourceMapping: { getFormFields },
};
