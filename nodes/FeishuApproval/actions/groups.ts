import type { Operation } from './operation';

/** Items that are handled together. */
export interface Group {
	items: number[];
	inputs: unknown[];
}

/** The groups of a run, and how many of them may be worked on at once. */
export interface Groups {
	groups: Group[];
	concurrency: number;
}

/**
 * Groups the items that are handled together, in the order of their first. What an earlier try has
 * begun to write is found out for each item by itself.
 */
export function groupsOf(
	inputs: Map<number, unknown>,
	operation: Operation,
	isUnfinished: (item: number) => boolean,
): Groups {
	const groups: Group[] = [];
	const known = new Map<string, Group>();
	let concurrency = 1;
	for (const [item, input] of inputs) {
		const calls = operation.concurrency(input);
		// One item that writes makes all of them wait for one another.
		concurrency = groups.length === 0 || calls === 1 ? calls : concurrency;
		const key = isUnfinished(item) ? undefined : operation.groupKey(input);
		const group = key === undefined ? undefined : known.get(key);
		if (group === undefined) {
			// All groups wait in memory: a list that begins empty takes room for more than its one.
			const alone = { items: [item], inputs: [input] };
			groups.push(alone);
			if (key !== undefined) known.set(key, alone);
		} else {
			group.items.push(item);
			group.inputs.push(input);
		}
	}
	return { groups, concurrency };
}
