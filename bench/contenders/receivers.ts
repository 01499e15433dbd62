import type { Keys } from '../../sandbox';
import { triggered } from '../../test/e2e/trigger';
import type { WorkflowFile } from '../../test/e2e/instance';
import { workflow, type WorkflowNode } from '../../test/e2e/workflows';

/** The names of those that take events in a real n8n. */
export const OURS_BY_WEBHOOK = 'this package, webhook';
export const OURS_BY_CONNECTION = 'this package, long connection';
export const WEBHOOK_NODE = "n8n's Webhook node";
/**
 * It answers when its run has begun, as ours does, and n8n makes an isolate for each of its requests,
 * as for every node but the newer versions of the Webhook node.
 */
export const ALIKE = "n8n's Webhook node (version 1)";
/** The stronger promise that the Webhook node offers: it answers when the run has ended. */
export const WHEN_ENDED = "n8n's Webhook node (answering when the run has ended)";

const KEYS: Keys = { encryptKey: 'a key for the bench', verificationToken: 'a token for it' };

/** A workflow that takes events. */
export interface Receiver {
	name: string;
	/** Of its workflow and its credential. */
	id: string;
	keys: Keys;
	/** Where it takes them; missing: over its long connection. */
	url?: string;
}

/** All that take events in an n8n at this address. */
export function receivers(n8n: string): Receiver[] {
	const ofId = (name: string, id: string, path?: string): Receiver => ({
		name,
		id,
		keys: KEYS,
		url: path && `${n8n}/webhook/${path}`,
	});
	return [
		ofId(OURS_BY_WEBHOOK, 'events-webhook', 'events-webhook/webhook'),
		ofId(OURS_BY_CONNECTION, 'events-connection'),
		ofId(WEBHOOK_NODE, 'events-plain', 'events-plain'),
		ofId(ALIKE, 'events-alike', 'events-alike'),
		ofId(WHEN_ENDED, 'events-ended', 'events-ended'),
	];
}

function ours(name: string, id: string, connection: string): WorkflowFile {
	const file = triggered(id, { connection, approvalCodes: '' });
	Object.assign(file.nodes[0], { credentials: { feishuAppApi: { id, name } } });
	return file;
}

/** Their workflows: the trigger, and a node that does nothing. */
export function receiverWorkflows(): WorkflowFile[] {
	const webhook = (path: string, typeVersion: number, responseMode: string): WorkflowNode => ({
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion,
		webhookId: path,
		parameters: { httpMethod: 'POST', path, responseMode, options: {} },
	});
	const nothing = { name: 'Nothing', type: 'n8n-nodes-base.noOp' };
	return [
		ours(OURS_BY_WEBHOOK, 'events-webhook', 'webhook'),
		ours(OURS_BY_CONNECTION, 'events-connection', 'longConnection'),
		workflow('events-plain', [webhook('events-plain', 2, 'onReceived'), nothing]),
		workflow('events-alike', [webhook('events-alike', 1, 'onReceived'), nothing]),
		workflow('events-ended', [webhook('events-ended', 2, 'lastNode'), nothing]),
	];
}
