import type { IDataObject } from 'n8n-workflow';

import { APPROVER, COLLEAGUE, type Instance, type JournalEntry } from '../../sandbox';
import type { Outcome } from './engine';
import type { Harness } from './harness';

/** Runs of many items that differ in nothing that matters. */
export interface Crowd {
	/** The instance that `cc` copies; nobody was copied yet. */
	instance: Instance;
	/** Input items with an instance of its own each, as `i`: the same instance would be read once. */
	items(count: number): IDataObject[];
	/** Reads as many instances. */
	get(count: number, concurrency?: number): Promise<Outcome>;
	/** Makes as many copies of the instance. */
	cc(count: number): Promise<Outcome>;
}

/** Tells the readings of this item's instance, for faults that only they are to meet. */
export function readingsOf({ i }: IDataObject): (entry: JournalEntry) => boolean {
	return ({ endpoint, path }) => endpoint === 'get' && path.endsWith(String(i));
}

/** The runs of many items on this harness. */
export function crowdOf(harness: Harness): Crowd {
	const instance = harness.sandbox.addInstance({ timeline: [] });
	const items = (count: number) =>
		Array.from({ length: count }, () => ({ i: harness.sandbox.addInstance().instance_code }));
	return {
		instance,
		items,
		get: async (count, concurrency = 10) =>
			await harness.get({ instanceCode: '={{ $json.i }}', options: { concurrency } }, items(count)),
		cc: async (count) =>
			await harness.cc(
				{
					approvalCode: instance.approval_code,
					instanceCode: instance.instance_code,
					userId: APPROVER.open_id,
					ccUserIds: COLLEAGUE.open_id,
				},
				Array.from({ length: count }, () => ({})),
			),
	};
}
