/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { WorkflowFile } from './instance';
import { CREDENTIAL_ID, FEISHU } from './workflows';

const FOLDER = join(__dirname, '../../examples');

/** The examples as a user imports them, with the stored credential chosen in every Feishu node. */
export async function exampleFiles(): Promise<WorkflowFile[]> {
	const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.json')).sort();
	return await Promise.all(
		names.map(async (name) => {
			const workflow = JSON.parse(await readFile(join(FOLDER, name), 'utf8')) as WorkflowFile;
			const nodes = workflow.nodes.map((node) =>
				String(node.type).startsWith(FEISHU)
					? { ...node, credentials: { feishuAppApi: { id: CREDENTIAL_ID, name: 'Feishu' } } }
					: node,
			);
			return { ...workflow, nodes };
		}),
	);
}
