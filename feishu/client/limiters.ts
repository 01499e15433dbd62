import type { IAllExecuteFunctions } from 'n8n-workflow';

import type { Endpoint } from '../endpoints';
import { RateLimiter } from './rateLimiter';

/** What n8n hands to nodes, triggers, option lists and the like: enough to call Feishu. */
export type ClientContext = IAllExecuteFunctions;

/** Without one, n8n refuses every call anyway. */
type CredentialId = string | null | undefined;

/** The signal that n8n makes for each execution, where there is one. */
export function cancelSignalOf(context: ClientContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}

/** The rate limiters of the calls with one credential, made when an endpoint is first called. */
export class RateLimiters {
	private readonly byEndpoint = new Map<string, RateLimiter>();

	/** All paths of one endpoint share one limiter. */
	of({ method, path, windows }: Endpoint): RateLimiter {
		const key = `${method} ${path}`;
		const limiter = this.byEndpoint.get(key) ?? new RateLimiter(windows);
		this.byEndpoint.set(key, limiter);
		return limiter;
	}
}

/** By the signal of each execution, and forgotten along with it. */
const byExecution = new WeakMap<AbortSignal, Map<CredentialId, RateLimiters>>();

/**
 * The rate limiters for the calls of `context` with `credential`. All nodes of an execution share
 * them, and all turns of a loop: Feishu counts their calls together (API sheet 3).
 */
export function limitersOf(context: ClientContext, credential: string): RateLimiters {
	const execution = cancelSignalOf(context);
	if (execution === undefined) return new RateLimiters();
	const known = byExecution.get(execution) ?? new Map<CredentialId, RateLimiters>();
	byExecution.set(execution, known);
	const id = context.getNode().credentials?.[credential]?.id;
	const limiters = known.get(id) ?? new RateLimiters();
	known.set(id, limiters);
	return limiters;
}
