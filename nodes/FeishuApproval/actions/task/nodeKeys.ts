import type { IDataObject } from 'n8n-workflow';

import { passedNodesOf, tasksOf } from '../../../../approval/tasks';
import { Problem } from '../../../../approval/problem';
import type { ItemClient } from '../../../../feishu/client/itemClient';
import { escapeHtml } from '../../../../feishu/errors/html';
import type { Fit } from './evidence';
import { readAnew, type TaskInput } from './findTask';

/** How far apart (ms) Feishu may write down what one call does. */
const SAME_CALL_MS = 2000;

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

/**
 * How far the tasks that began with a roll back (`at`: epoch ms) are those of these nodes: it is not
 * told in the timeline.
 */
export function opensNodes(instance: IDataObject, keys: string[], at: number | undefined): Fit {
	const passed = passedNodesOf(instance);
	const wanted = passed.filter(({ key }) => keys.includes(key)).map(({ id }) => id);
	const others = passed.filter(({ key }) => !keys.includes(key)).map(({ id }) => id);
	const opened = tasksOf(instance)
		.filter(({ startedAt, status }) => isSoonAfter(startedAt, at) && status !== 'DONE')
		.map(({ nodeId }) => nodeId)
		.filter((id) => id !== '');
	if (opened.some((id) => wanted.includes(id))) return 'yes';
	// The initiator's own node is none that was passed.
	const isElsewhere = opened.some((id) => wanted.length > 0 || others.includes(id));
	return isElsewhere ? 'no' : 'untold';
}

/** By Feishu's clock both began with the same call. */
function isSoonAfter(time: number | undefined, at: number | undefined): boolean {
	return time !== undefined && at !== undefined && Math.abs(time - at) <= SAME_CALL_MS;
}
