import type { IDataObject } from 'n8n-workflow';

import type { UserIdType } from '../../../../../approval/userIds';
import type { ItemClient } from '../../../../../feishu/client/itemClient';
import { toUserIds } from '../../../../../feishu/people/toUserIds';
import type { ProcessNode } from '../../form/definition';
import { nodeIdOf, nodeLists, processProblem, type NodePeople } from './processNodes';

/** Under this name Feishu finds the text of a title. */
const TITLE = '@i18n@title';

/** The people of a submission by IDs that Create takes: open IDs or user IDs. */
interface Named {
	kind: Exclude<UserIdType, 'union_id'>;
	initiator: string;
	approvers: NodePeople[];
	copied: NodePeople[];
}

/** The same people, by union IDs too. */
type Entered = Omit<Named, 'kind'> & { kind: UserIdType };

/**
 * The people by IDs that Create takes: union IDs are looked up.
 *
 * @throws FeishuCallError if the look-up failed, or if somebody has no user ID that the app may see
 */
export async function namedPeople(feishu: ItemClient, entered: Entered): Promise<Named> {
	const { kind, initiator, approvers, copied } = entered;
	if (kind !== 'union_id') return { kind, initiator, approvers, copied };
	const everybody = [initiator, ...[...approvers, ...copied].flatMap(({ people }) => people)];
	const ids = await toUserIds(feishu, everybody, kind);
	const converted = (list: NodePeople[]) =>
		list.map(({ node, people }) => ({ node, people: people.map((id) => ids.get(id)!) }));
	return {
		kind: 'user_id',
		initiator: ids.get(initiator)!,
		approvers: converted(approvers),
		copied: converted(copied),
	};
}

/**
 * The people and nodes of a submission as the body names them; without the nodes of the definition,
 * as they were entered.
 *
 * @throws a Problem if a node is not there, or nobody is named for one that needs somebody
 */
export function nodesOf(
	nodes: ProcessNode[] | undefined,
	{ kind, approvers, copied }: Named,
	automatic: string[],
): IDataObject {
	const problem = nodes && processProblem(nodes, approvers);
	if (problem !== undefined && nodes?.length === 0) throw problem;
	const passed = new Set(
		automatic.map((node) => nodeIdOf(nodes, node, 'Automatically Passed Nodes')),
	);
	const lists = {
		...nodeLists(approvers, {
			nodes,
			displayName: 'Approvers by Node',
			prefix: 'node_approver',
			kind,
		}),
		...nodeLists(copied, { nodes, displayName: 'CC by Node', prefix: 'node_cc', kind }),
		node_auto_approval_list:
			passed.size === 0
				? undefined
				: [...passed].map((node_id) => ({ node_id_type: 'NON_CUSTOM', node_id })),
	};
	// After it: who is named for a node that is not there is missing where it is meant.
	if (problem !== undefined) throw problem;
	return lists;
}

/** A title of its own: its text in one language, under a name (API sheet 4.3). */
export function titleOf({
	title,
	titleDisplayMethod,
	locale = 'zh-CN',
}: {
	title?: string;
	titleDisplayMethod?: string;
	locale?: string;
}): IDataObject {
	if (!title) return {};
	const texts = [{ key: TITLE, value: title }];
	return {
		title: TITLE,
		title_display_method: titleDisplayMethod === 'titleOnly' ? 1 : 0,
		i18n_resources: [{ locale, is_default: true, texts }],
	};
}
