import { readDefinitionForm, type FormField } from '../../../../approval/definition';
import { objectsIn } from '../../../../approval/json';
import type { FeishuClient } from '../../../../feishu/client/client';
import type { ItemClient } from '../../../../feishu/client/itemClient';
import { callOf, ENDPOINTS } from '../../../../feishu/endpoints';

/** A node of a definition's process. */
export interface ProcessNode {
	id: string;
	customId: string;
	name: string;
	needsApprover: boolean;
}

/** What has to be known of a definition to submit it. */
export interface Definition {
	fields: FormField[];
	/** Nothing if the answer does not list them. */
	nodes: ProcessNode[] | undefined;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * Reads a definition, with the choices that come from outside its form (API sheet 4.5); throws as
 * FeishuClient.read.
 */
export async function readDefinition(
	feishu: Pick<FeishuClient, 'read'>,
	code: string,
): Promise<Definition> {
	const qs = { with_option: true };
	const call = callOf(ENDPOINTS.getDefinition, { path: { approval_code: code }, qs });
	const { form, node_list: list } = await feishu.read(call);
	const nodes = objectsIn(list).map((node) => ({
		id: text(node.node_id),
		customId: text(node.custom_node_id),
		name: text(node.name),
		needsApprover: node.need_approver === true,
	}));
	return { fields: readDefinitionForm(form), nodes: Array.isArray(list) ? nodes : undefined };
}

/** The same, read once for all items of a run. */
export async function definitionOf(feishu: ItemClient, code: string): Promise<Definition> {
	return await feishu.keep(`definition ${code}`, async () => await readDefinition(feishu, code));
}
