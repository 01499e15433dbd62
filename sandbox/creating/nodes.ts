import { fieldViolation, Refusal } from '../answers';
import type { App, Task, User } from '../model';
import { findUser } from '../people';
import type { Platform } from '../platform';
import { openTask } from '../process';
import { invalid } from './createBody';
import type { Definition, DefinitionNode } from './definition';

type Fields = Record<string, unknown>;
type PeopleByNode = Map<string, User[]>;

const MOST_LISTS = 20;
const MOST_PASSED = 10;

/** The nodes that a body talks about: who decides, who is copied, which pass by themselves. */
export interface NodePlan {
	approvers: PeopleByNode;
	copies: PeopleByNode;
	passed: string[];
}

/** Reads the people per node (API sheet 4.3, 11.16); nodes that need approvers must have some. */
export function readNodePlan(
	platform: Platform,
	app: App,
	fields: Fields,
	definition: Definition,
): NodePlan {
	const { node_list: nodes } = definition;
	const read = (name: 'approver' | 'cc') => {
		const found: PeopleByNode = new Map();
		for (const kind of ['user_id', 'open_id'] as const) {
			const list = `node_${name}_${kind}_list`;
			const entries = readEntries(fields, list);
			if (name === 'cc' && entries.length > MOST_LISTS) throw invalid(list);
			for (const { key, value } of entries) {
				const node = nodes.find(
					(one) => one.node_id === key || (name === 'approver' && one.custom_node_id === key),
				);
				if (node === undefined && !(name === 'cc' && key === 'START')) throw invalid(list);
				const people = value.map((id) => findUser(platform.users, app.app_id, kind, id));
				const id = node?.node_id ?? key;
				found.set(id, [...(found.get(id) ?? []), ...people]);
			}
		}
		return found;
	};
	const approvers = read('approver');
	const needy = nodes.find(({ need_approver: needs, node_id: id }) => needs && !approvers.has(id));
	if (needy !== undefined) throw new Refusal(60005, 'param is invalid');
	return { approvers, copies: read('cc'), passed: readPassed(fields, nodes) };
}

function readEntries(fields: Fields, name: string): Array<{ key: string; value: string[] }> {
	const list = fields[name] ?? [];
	if (!Array.isArray(list)) throw fieldViolation(name, list, `${name} is not a list`);
	for (const entry of list as unknown[]) {
		const { key, value } = (entry ?? {}) as Fields;
		const isRight =
			typeof key === 'string' &&
			Array.isArray(value) &&
			value.every((one) => typeof one === 'string');
		if (!isRight) throw fieldViolation(name, entry, `${name} wants key and value`);
		if (value.length === 0) throw new Refusal(60005, 'param is invalid');
	}
	return list as Array<{ key: string; value: string[] }>;
}

function readPassed(fields: Fields, nodes: DefinitionNode[]): string[] {
	const name = 'node_auto_approval_list';
	const list = (fields[name] ?? []) as Array<{ node_id_type?: string; node_id?: string }>;
	if (!Array.isArray(list) || list.length > MOST_PASSED) throw invalid(name);
	return list.map(({ node_id_type: type, node_id: id }) => {
		if (type !== 'CUSTOM' && type !== 'NON_CUSTOM') throw invalid(name);
		const node = nodes.find((one) => (type === 'CUSTOM' ? one.custom_node_id : one.node_id) === id);
		if (node === undefined) throw invalid(name);
		return node.node_id;
	});
}

/** Who decides in a node: those named for it, else those of the definition. */
export function approversOf(
	platform: Platform,
	{ approvers }: Definition,
	plan: Pick<NodePlan, 'approvers'>,
	{ node_id: id }: DefinitionNode,
): User[] {
	const known = (approvers[id] ?? []).flatMap((one) => platform.users.get(one) ?? []);
	return plan.approvers.get(id) ?? known;
}

/** Whether people decide in a node. */
export function isDeciding({ node_type: type, node_id: id }: DefinitionNode): boolean {
	return type !== 'CC_NODE' && id !== 'START' && id !== 'END';
}

/** The tasks of all nodes in their order; in a sequential node each person comes after the other. */
export function planTasks(platform: Platform, definition: Definition, plan: NodePlan): Task[][] {
	const steps = definition.node_list.filter(isDeciding).flatMap((node) => {
		if (plan.passed.includes(node.node_id)) return [];
		const { node_id, name, custom_node_id, node_type: type } = node;
		const like = { node_id, node_name: name, type, ...(custom_node_id ? { custom_node_id } : {}) };
		const tasks = approversOf(platform, definition, plan, node).map((person) =>
			openTask(platform, like, person),
		);
		return type === 'SEQUENTIAL' ? tasks.map((task) => [task]) : [tasks];
	});
	// A node in which nobody decides is passed.
	return steps.filter(({ length }) => length > 0);
}
