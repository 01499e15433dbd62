import type { Logger } from 'n8n-workflow';

/** Who speaks, in n8n's log. */
export const NAME = 'Feishu Approval Trigger';

/** Writes a line into n8n's log that says who speaks. */
export function log(
	{ logger }: { logger: Logger },
	level: 'info' | 'warn' | 'error',
	text: string,
): void {
	logger[level](`${NAME}: ${text}`);
}

/** Writes into n8n's log what did not work, and why as far as the error tells. */
export function logFailure({ logger }: { logger: Logger }, what: string, error: unknown): void {
	logger.error(`${NAME}: ${what}: ${error instanceof Error ? error.message : 'unknown'}`);
}
