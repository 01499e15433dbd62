import type { IExecuteFunctions } from 'n8n-workflow';

import { LIMITS, type Call } from '../endpoints';
import { RateLimiter } from './rateLimiter';

/** The pace of the calls with one credential, by the limit that they count for. */
export type RateLimiters = Record<Call['limit'], RateLimiter>;

/** Without one, n8n refuses every call anyway. */
type CredentialId = string | null | undefined;

/** By the signal that n8n makes for each execution, and forgotten along with it. */
const ofExecution = new WeakMap<AbortSignal, Map<CredentialId, RateLimiters>>();

const newLimiters = (): RateLimiters => ({
	getInstance: new RateLimiter(LIMITS.getInstance),
	ccInstance: new RateLimiter(LIMITS.ccInstance),
});

/**
 * The limiters for the calls of `context` with `credential`. All nodes of an execution share them, and
 * all turns of a loop: Feishu counts their calls together (API sheet 3).
 */
export function limitersOf(context: IExecuteFunctions, credential: string): RateLimiters {
	const execution = context.getExecutionCancelSignal();
	if (execution === undefined) return newLimiters();
	const known = ofExecution.get(execution) ?? new Map<CredentialId, RateLimiters>();
	ofExecution.set(execution, known);
	const id = context.getNode().credentials?.[credential]?.id;
	const limiters = known.get(id) ?? newLimiters();
	known.set(id, limiters);
	return limiters;
}
