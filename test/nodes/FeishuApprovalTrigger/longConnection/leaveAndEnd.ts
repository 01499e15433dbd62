/* eslint-disable @n8n/community-nodes/no-restricted-globals -- tests, not nodes */
import { CONNECTION_TIMES as TIMES } from '../../../../nodes/FeishuApprovalTrigger/longConnection/times';
import { contextFor, join, provideWebSocket } from './connecting';

/** Joins, leaves and does nothing more: a process of its own, which has to end by itself. */
async function leaveAndEnd(url: string): Promise<void> {
	provideWebSocket();
	TIMES.keepMs = 500;
	const leave = await join(contextFor({ url }));
	leave();
	process.stdout.write(`left at ${Date.now()}\n`);
}

void leaveAndEnd(process.argv[2]);
