import { DEFINITION_FORM, DEFINITION_NODES } from '../definitions';
import { APPROVER } from '../fixtures';

/** A field as a definition tells it; what is inside depends on its type. */
export type FormField = Record<string, unknown> & { type: string };

export interface DefinitionNode {
	name: string;
	need_approver: boolean;
	node_id: string;
	custom_node_id?: string;
	node_type: string;
	[extra: string]: unknown;
}

/** A definition: what Definition Get tells of it, and how the platform treats its instances. */
export interface Definition {
	approval_code: string;
	approval_name: string;
	status: 'ACTIVE' | 'INACTIVE' | 'DELETED';
	form: FormField[];
	node_list: DefinitionNode[];
	viewers: Array<{ type: string; id: string; user_id: string }>;
	/** Options that only `with_option` shows, by the ID of their field: leave types, external data. */
	externalOptions: Record<string, Array<{ value: string; text: string }>>;
	/** The open_ids of those who decide in a node by the definition, by node ID. */
	approvers: Record<string, string[]>;
	/** Formulas that can be told: the IDs of the fields whose sum a formula field is. */
	sums: Record<string, string[]>;
}

/** The rest of a definition is as in all that the sandbox was not told anything about. */
export function makeDefinition(
	partial: Partial<Definition> & Pick<Definition, 'approval_code'>,
): Definition {
	return {
		status: 'ACTIVE',
		form: DEFINITION_FORM,
		node_list: DEFINITION_NODES,
		viewers: [{ type: 'TENANT', id: '', user_id: '' }],
		externalOptions: { widgetLeaveGroupV2: [{ value: '7138673249737506817', text: 'Annual' }] },
		approvers: { [DEFINITION_NODES[0].node_id]: [APPROVER.open_id] },
		sums: {},
		...partial,
		approval_name: partial.approval_name ?? 'Approval',
	};
}
