/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a server, not a node */
import type { AddressInfo } from 'node:net';
import { fastify } from 'fastify';

import type { CredentialFile } from './instance';

/** What an agent asks a chat model, as far as this one reads it. */
export interface ChatRequest {
	messages: Array<{ role: string; content: string }>;
	tools?: Array<{
		function: {
			name: string;
			description: string;
			parameters: { properties: Record<string, unknown> };
		};
	}>;
}

export const CHAT_CREDENTIAL = { id: 'chatCredential', name: 'Local chat model' };

/** A chat model on this machine, for agents that are to do without a real one. */
export interface ChatModel {
	/** For n8n's OpenAI nodes. */
	credential: CredentialFile;
	port: number;
	/** What it was asked, in order. */
	requests: ChatRequest[];
	close(): Promise<void>;
}

const INSTANCE_CODE = /[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}/i;

/**
 * What it says: it looks the approval that the question names up by the first tool that it is
 * offered, then tells the status that it finds in what the tool said.
 */
function answerTo({ messages, tools = [] }: ChatRequest): object {
	const last = messages[messages.length - 1];
	if (last.role === 'tool') {
		const status = /"status":\s*"(\w+)"/.exec(last.content)?.[1];
		return { content: status ? `It is ${status}.` : `The tool said: ${last.content}` };
	}
	const code = INSTANCE_CODE.exec(last.content)?.[0];
	if (code === undefined) return { content: 'Which approval? Give me its instance code.' };
	if (tools.length === 0) return { content: 'Nobody gave me a tool to look approvals up.' };
	const { name, parameters } = tools[0].function;
	const [parameter] = Object.keys(parameters.properties);
	const call = { name, arguments: JSON.stringify({ [parameter]: code }) };
	return { content: null, tool_calls: [{ id: 'call_1', type: 'function', function: call }] };
}

/** Starts such a model on loopback; it speaks the chat completions of OpenAI's API, in one piece. */
export async function startChatModel(preferred = 0): Promise<ChatModel> {
	const requests: ChatRequest[] = [];
	const server = fastify({ forceCloseConnections: true });
	server.get('/v1/models', () => ({ object: 'list', data: [{ id: 'local', object: 'model' }] }));
	server.post('/v1/chat/completions', (request) => {
		const body = request.body as ChatRequest;
		requests.push(body);
		const message = { role: 'assistant', ...answerTo(body) };
		return {
			id: `chatcmpl-${requests.length}`,
			object: 'chat.completion',
			created: 0,
			model: 'local',
			choices: [
				{ index: 0, message, finish_reason: 'tool_calls' in message ? 'tool_calls' : 'stop' },
			],
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		};
	});
	await server.listen({ host: '127.0.0.1', port: preferred });
	const { port } = server.server.address() as AddressInfo;
	return {
		credential: {
			...CHAT_CREDENTIAL,
			type: 'openAiApi',
			data: { apiKey: 'of-no-use-elsewhere', url: `http://127.0.0.1:${port}/v1` },
		},
		port,
		requests,
		close: async () => await server.close(),
	};
}
