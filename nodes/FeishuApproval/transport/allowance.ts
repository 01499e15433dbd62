import type { IExecuteFunctions } from 'n8n-workflow';

import { LIMITS, type Call } from './endpoints';
import { Pacer } from './pacer';

/** The pace of the calls with one credential, by the limit that they count for. */
export type Pacers = Record<Call['limit'], Pacer>;

/** Without one, n8n refuses every call anyway. */
type CredentialId = string | null | undefined;

/** By the signal that n8n makes for each execution, and forgotten along with it. */
const ofExecution = new WeakMap<AbortSignal, Map<CredentialId, Pacers>>();

const newPacers = (): Pacers => ({
	getInstance: new Pacer(LIMITS.getInstance),
	ccInstance: new Pacer(LIMITS.ccInstance),
});

/**
 * The pacers for the calls of `context` with `credential`. All nodes of an execution share them, and
 * all turns of a loop: Feishu counts their calls together (API sheet 3).
 */
export function pacersOf(context: IExecuteFunctions, credential: string): Pacers {
	const execution = context.getExecutionCancelSignal();
	if (execution === undefined) return newPacers();
	const known = ofExecution.get(execution) ?? new Map<CredentialId, Pacers>();
	ofExecution.set(execution, known);
	const id = context.getNode().credentials?.[credential]?.id;
	const pacers = known.get(id) ?? newPacers();
	known.set(id, pacers);
	return pacers;
}
