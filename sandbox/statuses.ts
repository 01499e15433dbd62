import { pushingEvents } from './changes';
import { approvalCcEvent } from './events';
import type { Instance } from './model';
import type { Platform } from './platform';
import { copiesOf } from './searchInstances';

/** What a status means for an instance: what Get Instance then tells, and how its open tasks end. */
interface Meaning {
	status: string;
	/** The first open task, and the others; undefined leaves them open. */
	tasks?: [string, string];
	/** Events call tasks like the instance. */
	sameForTasks?: boolean;
}

/** Every status of `approval_instance` (API sheet 6.2); Get Instance knows fewer. */
const MEANINGS = {
	PENDING: { status: 'PENDING' },
	APPROVED: { status: 'APPROVED', tasks: ['APPROVED', 'APPROVED'] },
	REJECTED: { status: 'REJECTED', tasks: ['REJECTED', 'DONE'] },
	CANCELED: { status: 'CANCELED', tasks: ['DONE', 'DONE'] },
	DELETED: { status: 'DELETED', tasks: ['DONE', 'DONE'] },
	REVERTED: { status: 'CANCELED', tasks: ['DONE', 'DONE'] },
	OVERTIME_CLOSE: { status: 'CANCELED', tasks: ['DONE', 'DONE'], sameForTasks: true },
	OVERTIME_RECOVER: { status: 'PENDING' },
} satisfies Record<string, Meaning>;

export type EventStatus = keyof typeof MEANINGS;
export const EVENT_STATUSES = Object.keys(MEANINGS) as EventStatus[];

/** An instance of the sandbox, by itself or by its code. */
export type InstanceRef = string | { instance_code?: string };

/** Brings an instance into a status, as if it had come so; subscribers get the events. */
export function setStatus(
	platform: Platform,
	which: InstanceRef,
	status: EventStatus,
	{ automatic = false } = {},
): Instance {
	const instance = find(platform, which);
	const meaning: Meaning = MEANINGS[status];
	const taskStatus = meaning.sameForTasks ? status : undefined;
	const now = String(platform.clock.now());
	const change = () => {
		const open = instance.task_list.filter((task) => task.status === 'PENDING');
		for (const [index, task] of open.entries()) {
			const end = meaning.tasks?.[index === 0 ? 0 : 1];
			if (end !== undefined) Object.assign(task, { status: end, end_time: now });
		}
		instance.status = meaning.status;
		instance.end_time = meaning.status === 'PENDING' ? '0' : now;
		if (status === 'REVERTED') instance.reverted = true;
		return instance;
	};
	return pushingEvents(platform, change, { instance, status, taskStatus, automatic });
}

/** A person opens a copy for the first time; subscribers get the event. */
export function readCopy(platform: Platform, which: InstanceRef, ccId: string): void {
	const instance = find(platform, which);
	const copy = copiesOf(instance).find(({ id }) => id === ccId);
	if (copy === undefined) throw new Error(`The instance has no copy ${ccId}`);
	platform.readCopies.add(ccId);
	const { user_id = '' } = platform.users.get(copy.to) ?? {};
	platform.events.push(approvalCcEvent(instance, { id: ccId, user_id }, 'READ'));
}

function find({ instances }: Platform, which: InstanceRef): Instance {
	const code = typeof which === 'string' ? which : (which.instance_code ?? '');
	const instance = instances.get(code);
	if (instance === undefined) throw new Error(`The sandbox has no instance ${code}`);
	return instance;
}
