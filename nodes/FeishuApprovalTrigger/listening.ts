import type { IAllExecuteFunctions } from 'n8n-workflow';

import { Deliveries, type Taken } from './deliver';
import { EventKeys } from './events/keys';
import type { FeishuEvent } from './events/envelope';
import { TIMES } from './times';

/** A trigger node that takes events in this process. */
export interface Listener {
	/** Its app, as `appKeyOf` names it. */
	app: string;
	/** Empty: every definition that is subscribed. */
	approvalCodes: readonly string[];
	/** What became of an event for this node, as far as it is known after `ms`. Never rejects. */
	receive(event: FeishuEvent, ms: number): Promise<Taken>;
}

/** The name of a node over all workflows of an n8n: a copied workflow has the same node IDs. */
export function nodeKeyOf(context: IAllExecuteFunctions): string {
	return `${context.getWorkflow().id}/${context.getNode().id}`;
}

/** Nodes that listen; one that was published anew takes the place of the one before. */
class Listeners {
	private readonly byNode = new Map<string, Listener>();
	/** When one came or left for the last time (process ms); this process has just begun before that. */
	private changedAt = performance.now();

	/** Adds a node; what comes back takes it away again, unless another has taken its place. */
	add(node: string, listener: Listener): () => void {
		this.changedAt = performance.now();
		this.byNode.set(node, listener);
		return () => {
			this.changedAt = performance.now();
			if (this.byNode.get(node) === listener) this.byNode.delete(node);
		};
	}

	/** Whether a node that does not listen now is about to, as far as can be told. */
	areSettling(): boolean {
		return performance.now() - this.changedAt < TIMES.settlingMs;
	}

	of(node: string): Listener | undefined {
		return this.byNode.get(node);
	}

	all(): Listener[] {
		return [...this.byNode.values()];
	}
}

/** Those of published workflows. */
export const published = new Listeners();
/** Those that wait for a test event in the editor. */
export const tests = new Listeners();

/** What this process remembers of the events of one app. */
interface AppMemory {
	deliveriesTo: Map<string, Deliveries>;
	keys: EventKeys;
}

const memories = new Map<string, AppMemory>();

/** What a node was given of the events of its app, over all publications, and their keys. */
export function memoryOf(app: string, node: string): { deliveries: Deliveries; keys: EventKeys } {
	const { deliveriesTo, keys } = memories.get(app) ?? {
		deliveriesTo: new Map<string, Deliveries>(),
		keys: new EventKeys(),
	};
	memories.set(app, { deliveriesTo, keys });
	const deliveries = deliveriesTo.get(node) ?? new Deliveries();
	deliveriesTo.set(node, deliveries);
	return { deliveries, keys };
}
