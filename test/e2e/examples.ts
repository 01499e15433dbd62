/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { CHAT_CREDENTIAL } from './chatModel';
import type { WorkflowFile } from './instance';
import { CREDENTIAL_ID, FEISHU } from './workflows';

export const EXAMPLES = join(__dirname, '../../examples');

const CHOSEN = {
	feishuAppApi: { id: CREDENTIAL_ID, name: 'Feishu' },
	openAiApi: CHAT_CREDENTIAL,
};

/** What a user of an example chooses in a node of this type. */
function credentialsOf(type: string): object | undefined {
	if (type.startsWith(FEISHU)) return { feishuAppApi: CHOSEN.feishuAppApi };
	if (type.endsWith('.lmChatOpenAi')) return { openAiApi: CHOSEN.openAiApi };
	return undefined;
}

/** The examples with the stored credentials chosen in every node that wants one, and no other change. */
export async function exampleFiles(): Promise<WorkflowFile[]> {
	const names = (await readdir(EXAMPLES)).filter((name) => name.endsWith('.json')).sort();
	return await Promise.all(
		names.map(async (name) => {
			const workflow = JSON.parse(await readFile(join(EXAMPLES, name), 'utf8')) as WorkflowFile;
			const nodes = workflow.nodes.map((node) => {
				const credentials = credentialsOf(String(node.type));
				return credentials === undefined ? node : { ...node, credentials };
			});
			return { ...workflow, nodes };
		}),
	);
}
