import type { IDataObject } from 'n8n-workflow';

/** What n8n tells of an execution. */
export interface Execution {
	succeeded: boolean;
	/** The data of the items that a node gave out. */
	json(node: string, output?: number): IDataObject[];
	/** The index of the item of the node before that each item belongs to. */
	paired(node: string, output?: number): unknown[];
	/** The error that ended it. */
	error: { message?: string; description?: string; httpCode?: string };
	/** All of it, as text. */
	text: string;
}

interface Item {
	json: IDataObject;
	pairedItem?: { item: number };
}

interface RunData {
	[node: string]: Array<{ data?: { [type: string]: Item[][] } }>;
}

/** Reads the `data` of an execution; the items of a tool are those that it handed to the agent. */
export function executionOf(data: unknown, succeeded: boolean): Execution {
	const { resultData } = (data ?? {}) as {
		resultData?: { runData: RunData; error?: Execution['error'] };
	};
	const out = (node: string, output = 0) => {
		const { main, ai_tool: tool } = resultData?.runData[node]?.[0].data ?? {};
		return (main ?? tool)?.[output] ?? [];
	};
	return {
		succeeded,
		json: (node, output) => out(node, output).map(({ json }) => json),
		paired: (node, output) => out(node, output).map(({ pairedItem }) => pairedItem?.item),
		error: resultData?.error ?? {},
		text: JSON.stringify(data ?? {}),
	};
}

/**
 * Reads the form in which n8n keeps executions: a list of all values, in which objects and lists
 * hold the places of their own values, as texts.
 */
export function unflatten(text: string): unknown {
	const parts = JSON.parse(text) as unknown[];
	const made = new Map<number, object>();
	const at = (place: number): unknown => {
		const part = parts[place];
		if (typeof part !== 'object' || part === null) return part;
		const value = made.get(place) ?? (Array.isArray(part) ? [] : {});
		if (made.has(place)) return value;
		made.set(place, value);
		for (const [key, held] of Object.entries(part) as Array<[string, unknown]>) {
			Object.assign(value, { [key]: typeof held === 'string' ? at(Number(held)) : held });
		}
		return value;
	};
	return at(0);
}
