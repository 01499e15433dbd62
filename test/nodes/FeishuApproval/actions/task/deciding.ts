import type { IDataObject, INodeParameters } from 'n8n-workflow';

import {
	ACCOUNTANT,
	INITIATOR,
	type Endpoint,
	type Instance,
	type Task,
	type TimelineEntry,
	type User,
} from '../../../../../sandbox';
import type { Outcome, Step } from '../../../../engine/engine';
import { startHarness, type Harness } from '../../../../engine/harness';
import { tunable } from '../../../../engine/tunable';

/** The call is not carried out, and has no answer. */
export const LOST = { kind: 'reset', when: 'before' } as const;
export const RETRY_ON_FAIL = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
export const CONTINUE_ON_FAIL = { onError: 'continueRegularOutput' } as const;

/** A task of somebody in the node "Accounting", where all have to agree. */
export function task(id: string, { open_id, user_id }: User, more: Partial<Task> = {}): Task {
	const node = { node_id: 'node1', node_name: 'Accounting', type: 'AND' };
	const times = { start_time: '1', end_time: '0' };
	return { id, open_id, user_id, status: 'PENDING', ...times, ...node, ...more };
}

/** What somebody did to a task just now. */
export function entry(
	type: string,
	{ open_id, user_id }: User,
	more: Partial<TimelineEntry> = {},
): TimelineEntry {
	return { type, create_time: String(Date.now()), open_id, user_id, ext: '', ...more };
}

/** An approval whose open task is the accountant's, and a node that decides it; new for each test. */
export class Deciding {
	harness!: Harness;
	instance!: Instance;

	constructor() {
		const { TIMEOUTS } = tunable();
		beforeEach(async () => {
			Object.assign(TIMEOUTS, { pauseMs: 1, settleMs: 10, lateMs: 10 });
			this.harness = await startHarness();
			this.instance = this.harness.sandbox.addInstance({
				status: 'PENDING',
				end_time: '0',
				user_id: INITIATOR.user_id,
				open_id: INITIATOR.open_id,
				timeline: [],
				task_list: [task('1', ACCOUNTANT)],
			});
		});
		afterEach(async () => await this.harness.close());
	}

	/** A node that decides for the accountant, with open IDs, unless `parameters` say otherwise. */
	step(operation: string, parameters: INodeParameters = {}, more: Partial<Step> = {}): Step {
		const { approval_code: approvalCode, instance_code: instanceCode } = this.instance;
		const known = { resource: 'task', operation, approvalCode, instanceCode };
		const own = { ...known, userId: ACCOUNTANT.open_id, ...parameters };
		return { name: 'Task', parameters: own, ...more };
	}

	async run(
		operation: string,
		parameters: INodeParameters = {},
		input: IDataObject[] = [{}],
		more: Partial<Step> = {},
	): Promise<Outcome> {
		return await this.harness.engine.run([this.step(operation, parameters, more)], input);
	}

	/** How many calls were sent, and how many of them were carried out. */
	calls(endpoint: Endpoint): [sent: number, made: number] {
		const calls = this.harness.sandbox.calls(endpoint);
		return [calls.length, calls.filter(({ carriedOut }) => carriedOut).length];
	}

	/** The answer to a call is lost before it is carried out, and others act before it is looked for. */
	loseAnd(endpoint: Endpoint, act: () => void): void {
		const { faults } = this.harness.sandbox;
		faults.add({ on: endpoint, fault: LOST });
		const on = ({ endpoint: asked }: { endpoint: Endpoint }) =>
			asked === 'get' && this.calls(endpoint)[0] > 0;
		faults.add({ on, fault: { kind: 'run', do: act } });
	}

	/** From the first call of this endpoint on, the next `times` readings show what is now. */
	showLate(endpoint: Endpoint, times: number): void {
		const before = structuredClone({ ...this.instance });
		this.harness.sandbox.faults.add({
			on: ({ endpoint: asked }) => asked === 'get' && this.calls(endpoint)[0] > 0,
			times,
			fault: { kind: 'answer', status: 200, body: { code: 0, data: before } },
		});
	}

	/** Somebody brings a task into a status; the timeline says so, if `type` does. */
	end(
		id: string,
		status: string,
		by?: User,
		type?: string,
		more: Partial<TimelineEntry> = {},
	): void {
		const own = this.instance.task_list.find((one) => one.id === id)!;
		Object.assign(own, { status, end_time: String(Date.now()) });
		if (by && type) this.instance.timeline.push(entry(type, by, { task_id: id, ...more }));
	}
}
