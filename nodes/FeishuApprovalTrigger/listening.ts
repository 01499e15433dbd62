import type { IAllExecuteFunctions, IDataObject } from 'n8n-workflow';

import { Deliveries, type Taken } from './deliver';
import { EventKeys } from './events/keys';
import type { FeishuEvent } from './events/envelope';

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

	/** Adds a node; what comes back takes it away again, unless another has taken its place. */
	add(node: string, listener: Listener): () => void {
		this.byNode.set(node, listener);
		return () => {
			if (this.byNode.get(node) === listener) this.byNode.delete(node);
		};
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
/** What a test URL has taken, by node, for the run that n8n begins then. */
const caught = new Map<string, { json: IDataObject; at: number }>();
/** n8n begins that run at once; what is older belongs to a test that never ran. */
const CAUGHT_MS = 10_000;

/** Keeps what a test URL has taken for the run that n8n begins then. */
export function keepCaught(node: string, json: IDataObject): void {
	caught.set(node, { json, at: performance.now() });
}

/** What a test URL has just taken for this run, once. */
export function takeCaught(node: string): IDataObject | undefined {
	const taken = caught.get(node);
	caught.delete(node);
	return taken && performance.now() - taken.at < CAUGHT_MS ? taken.json : undefined;
}

/** What this process remembers of the events of one app. */
interface AppMemory {
	deliveries: Deliveries;
	keys: EventKeys;
}

const memories = new Map<string, AppMemory>();

/** What was delivered of the events of an app, over all nodes and publications. */
export function memoryOf(app: string): AppMemory {
	const memory = memories.get(app) ?? { deliveries: new Deliveries(), keys: new EventKeys() };
	memories.set(app, memory);
	return memory;
}
