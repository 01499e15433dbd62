import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../../../../approval/json';
import { Problem } from '../../../../../approval/problem';
import { readRecipients } from '../../../../../approval/recipients';
import type { UserIdType } from '../../../../../approval/userIds';
import { escapeHtml } from '../../../../../feishu/errors/html';
import type { Field } from '../../fields/field';
import { parseRequiredText } from '../../fields/text';
import type { ProcessNode } from '../../form/definition';

/** Who is named for one node of the process. */
export interface NodePeople {
	/** Its name or one of its IDs. */
	node: string;
	people: string[];
}

/** People for nodes of the process, each node by its name or its ID. */
export function nodePeopleField(displayName: string, description: string): Field<NodePeople[]> {
	return {
		property: {
			displayName,
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Node',
			default: {},
			description,
			options: [
				{
					displayName: 'Node',
					name: 'node',
					values: [
						{
							displayName: 'Node Name or ID',
							name: 'node',
							type: 'options',
							default: '',
							typeOptions: {
								loadOptionsMethod: 'getProcessNodes',
								loadOptionsDependsOn: ['approvalCode'],
							},
							description:
								'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
						},
						{
							displayName: 'People',
							name: 'people',
							type: 'string',
							default: '',
							placeholder: 'e.g. ou_3cda9c96, ann@example.com',
							description: 'IDs, email addresses or mobile numbers, separated by commas',
						},
					],
				},
			],
		},
		parse(value) {
			const { node: list = [] } = isObject(value) ? value : { node: value };
			if (!Array.isArray(list)) return new Problem('is not a list', 'Add nodes by Add Node.');
			const read: NodePeople[] = [];
			for (const [index, entry] of (list as unknown[]).entries()) {
				const { node, people } = isObject(entry) ? entry : ({} as IDataObject);
				const name = parseRequiredText(node, 'Node');
				const who = readRecipients(people);
				if (name instanceof Problem) return numbered(index, 'Node', name);
				if (who instanceof Problem) return numbered(index, 'People', who);
				read.push({ node: name, people: who });
			}
			return read;
		},
		holds: 'people',
		people: {
			read: (list) => list.flatMap(({ people }) => people),
			replace(list, ids) {
				let at = 0;
				return list.map(({ node, people }) => ({
					node,
					people: [...new Set(ids.slice(at, (at += people.length)))],
				}));
			},
		},
	};
}

const numbered = (index: number, field: string, { message, hint }: Problem): Problem =>
	new Problem(`number ${index + 1}: ${field} ${message}`, hint);

/** Feishu takes no more entries in the list of copies (API sheet 11.16). */
const MOST_COPIES = 20;

/**
 * The ID of the node that somebody means by its name or one of its IDs; without the nodes of the
 * definition, what was entered.
 *
 * @throws a Problem if the node is not there
 */
export function nodeIdOf(
	nodes: ProcessNode[] | undefined,
	name: string,
	displayName: string,
): string {
	if (nodes === undefined) return name;
	const byId = nodes.filter(({ id, customId }) => [id, customId].includes(name));
	const found = byId.length > 0 ? byId : nodes.filter((node) => node.name === name);
	if (found.length === 1) return found[0].id;
	const known = nodes.map((node) => `${node.name} (${node.customId || node.id})`).join(', ');
	throw new Problem(
		`${displayName}: "${name}" is ${found.length === 0 ? 'no node of the process' : 'the name of several nodes'}`,
		`Its nodes are: ${escapeHtml(known)}. Nothing was sent.`,
	);
}

/**
 * The people by the IDs of their nodes, under the name that the kind of their IDs has in the API.
 *
 * @throws a Problem if a node is not there, or if there are too many
 */
export function nodeLists(
	entered: NodePeople[],
	{
		nodes,
		displayName,
		prefix,
		kind,
	}: {
		nodes: ProcessNode[] | undefined;
		displayName: string;
		prefix: 'node_approver' | 'node_cc';
		kind: UserIdType;
	},
): IDataObject {
	const byNode = new Map<string, string[]>();
	for (const { node, people } of entered) {
		const key = nodeIdOf(nodes, node, displayName);
		byNode.set(key, [...new Set([...(byNode.get(key) ?? []), ...people])]);
	}
	if (byNode.size === 0) return {};
	if (prefix === 'node_cc' && byNode.size > MOST_COPIES) {
		throw new Problem(
			`${displayName}: ${byNode.size} nodes are named`,
			`Feishu takes up to ${MOST_COPIES}. Nothing was sent.`,
		);
	}
	const list = [...byNode].map(([key, value]) => ({ key, value }));
	return { [`${prefix}_${kind === 'user_id' ? 'user' : 'open'}_id_list`]: list };
}

/** Why a process cannot begin: it has no nodes, or one of them waits for somebody to be named. */
export function processProblem(nodes: ProcessNode[], approvers: NodePeople[]): Problem | undefined {
	if (nodes.length === 0) {
		return new Problem(
			'This approval cannot be submitted by the API: its process has no fixed nodes',
			'The initiator chooses the approvers, which is possible only in Feishu itself.',
		);
	}
	const named = approvers.map(({ node }) => node);
	const empty = nodes.filter(
		({ id, customId, name, needsApprover }) =>
			needsApprover && ![id, customId, name].some((one) => named.includes(one)),
	);
	if (empty.length === 0) return undefined;
	const names = empty.map(({ name }) => `"${name}"`).join(', ');
	return new Problem(
		`Approvers by Node: nobody is named for ${names}`,
		'The definition leaves it to the initiator to choose the approvers of this node: add it under Options, Approvers by Node. Nothing was sent.',
	);
}
