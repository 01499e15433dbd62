import { passedNodesOf } from '../../../../approval/tasks';
import { Problem } from '../../../../approval/problem';
import type { ItemClient } from '../../../../feishu/client/itemClient';
import { escapeHtml } from '../../../../feishu/errors/html';
import { readAnew, type TaskInput } from './findTask';

/**
 * The keys of nodes that were passed (API sheet 4.3, rollback), by key or by name.
 *
 * @throws Problem if a name fits no node, or several
 */
export async function findNodeKeys(
	feishu: ItemClient,
	{ instanceCode }: TaskInput,
	nodes: string[],
): Promise<string[]> {
	const passed = passedNodesOf(await readAnew(feishu, instanceCode));
	const known = passed.map(({ name, key }) => `${name || 'without a name'} (${key})`).join(', ');
	const keys = nodes.map((node) => {
		const fitting = passed.filter(({ key, name }) => key === node || name === node);
		const [first, second] = new Set(fitting.map(({ key }) => key));
		if (first !== undefined && second === undefined) return first;
		throw new Problem(
			`Nodes: "${escapeHtml(node)}" ${first === undefined ? 'is no node that was passed' : 'is the name of several nodes'}`,
			`Passed so far: ${escapeHtml(known) || 'none'}. Nothing was sent.`,
		);
	});
	return [...new Set(keys)];
}
