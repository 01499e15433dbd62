import { readEvent } from '../../../../nodes/FeishuApprovalTrigger/events/envelope';
import { EventKeys } from '../../../../nodes/FeishuApprovalTrigger/events/keys';
import {
	ALL_SAMPLES,
	businessTrip,
	EVENT_ID,
	INSTANCE,
	instanceChanged,
	leave,
	leaveV2,
	NOW,
	oldApproval,
	revoked,
	taskChanged,
	v1,
	v2,
} from '../samples';

const HOUR = 3_600_000;

let keys: EventKeys;
beforeEach(() => {
	keys = new EventKeys();
});

function keyOf(body: unknown, now = NOW): string {
	const event = readEvent(body);
	if (event === undefined) throw new Error('The sample is no event');
	return keys.keyOf(event, now);
}

const withId = (uuid: string, more: Record<string, unknown> = {}) => ({
	...instanceChanged(more),
	uuid,
});
const followed = (event_id: string, status = 'APPROVED') =>
	v2('approval.instance.status_changed_v4', { instance_code: INSTANCE, status }, { event_id });

it.each(Object.entries(ALL_SAMPLES))(
	'the key of %s stays the same in every retry',
	(_kind, body) => {
		const first = keyOf(body);
		expect(first.length).toBeLessThanOrEqual(64);
		for (const hours of [0, 1, 7]) expect(keyOf(body, NOW + hours * HOUR)).toBe(first);
		expect(keyOf(body, NOW + 9 * HOUR)).toBe(first);
	},
);

it('the key is the ID of the event where no other tells the same', () => {
	expect(keyOf(instanceChanged())).toBe(EVENT_ID);
	expect(keyOf(taskChanged())).toBe(EVENT_ID);
	expect(keyOf(v2('im.message.receive_v1', {}))).toBe(EVENT_ID);
});

describe('one key for one change that is told twice:', () => {
	it.each([
		['approve', 'APPROVED'],
		['reject', 'REJECTED'],
		['cancel', 'CANCELED'],
		['withdraw', 'CANCELED'],
		['delete', 'DELETED'],
	])('the old event (%s) and the new one (%s), whichever is first', (word, status) => {
		const pair = [oldApproval(word, { uuid: 'old' }), withId('new', { status })];
		const [first, second] = pair.map((body) => keyOf(body));
		expect(second).toBe(first);
		keys = new EventKeys();
		const [last, before] = pair.toReversed().map((body) => keyOf(body));
		expect(before).toBe(last);
	});

	it('also in their retries, mixed', () => {
		const bodies = [oldApproval('approve', { uuid: 'old' }), withId('new'), followed('third')];
		const order = [0, 1, 0, 2, 1, 0, 2];
		expect(new Set(order.map((index) => keyOf(bodies[index]))).size).toBe(1);
	});

	it('also in a retry of the one that came second', () => {
		const first = keyOf(withId('new'));
		for (let turn = 0; turn < 3; turn++) {
			expect(keyOf(oldApproval('approve', { uuid: 'old' }))).toBe(first);
		}
	});

	it('a task told to the app and to a person', () => {
		const event = { instance_code: INSTANCE, task_id: 12345, status: 'PENDING' };
		const person = v2('approval.task.status_changed_v4', event, { event_id: 'other' });
		expect(keyOf(person)).toBe(keyOf(taskChanged()));
	});

	it('an approved leave, also in another process', () => {
		const first = keyOf(leave());
		keys = new EventKeys();
		expect(keyOf(leaveV2())).toBe(first);
		expect(keyOf(revoked('leave_approval_revert'))).not.toBe(first);
	});

	it('an old trip and a new one', () => {
		const old = v1({ type: 'trip_approval', instance_code: INSTANCE }, { uuid: 'old' });
		expect(keyOf(businessTrip())).toBe(keyOf(old));
	});
});

describe('two keys for', () => {
	it('two trips of one instance, each told twice', () => {
		const old = (uuid: string) => v1({ type: 'trip_approval', instance_code: INSTANCE }, { uuid });
		const { event } = businessTrip() as { event: Record<string, unknown> };
		const again = v2('approval.instance.trip_group_update_v4', event, { event_id: 'again' });
		const first = [keyOf(businessTrip()), keyOf(old('old'))];
		const second = [keyOf(again), keyOf(old('old again'))];
		expect(new Set(first).size).toBe(1);
		expect(new Set(second).size).toBe(1);
		expect(second[0]).not.toBe(first[0]);
		// Retries.
		expect([keyOf(businessTrip()), keyOf(again)]).toEqual([first[0], second[0]]);
	});

	it('two events of one type that tell the same', () => {
		expect(keyOf(withId('one'))).not.toBe(keyOf(withId('two')));
	});

	it('a status that an instance has twice, each told twice', () => {
		const first = [withId('a', { status: 'PENDING' }), followed('b', 'PENDING')];
		const second = [withId('c', { status: 'PENDING' }), followed('d', 'PENDING')];
		const [a, b, c, d] = [...first, ...second].map((body) => keyOf(body));
		expect([b, d]).toEqual([a, c]);
		expect(c).not.toBe(a);
	});

	it.each([
		['two statuses', withId('x', { status: 'REJECTED' })],
		['two instances', withId('x', { instance_code: 'OTHER' })],
		['an instance that is not named', withId('x', { instance_code: '' })],
	])('%s', (_name, body) => {
		expect(keyOf(body)).not.toBe(keyOf(oldApproval('approve')));
	});

	it('two leaves, and leave whose instance is not named', () => {
		const one = keyOf(leave());
		expect(keyOf(leave({ instance_code: 'OTHER' }))).not.toBe(one);
		expect(keyOf(leave({ instance_code: '' }))).toBe(EVENT_ID);
	});

	it('the same long after, when no retry can come any more', () => {
		expect(keyOf(oldApproval('approve'))).not.toBe(keyOf(withId('new'), NOW + 9 * HOUR));
	});
});

it('forgets first what was changed first, not what was changed again', () => {
	const others = (from: number, to: number) => {
		for (let count = from; count < to; count++) {
			keyOf(withId(`other ${count}`, { instance_code: `I${count}` }));
		}
	};
	keyOf(withId('first'));
	others(0, 6_000);
	keyOf(withId('second'));
	others(6_000, 11_000);
	expect(keyOf(oldApproval('approve', { uuid: 'old' }))).toBe('second');
});

it('remembers some ten thousand changes and no more', () => {
	const first = keyOf(oldApproval('approve', { uuid: 'old' }));
	for (let count = 0; count < 9_000; count++) {
		keyOf(withId(`new ${count}`, { instance_code: `I${count}` }));
	}
	expect(keyOf(withId('pair'))).toBe(first);
	for (let count = 0; count < 12_000; count++) {
		keyOf(withId(`newer ${count}`, { instance_code: `J${count}` }));
	}
	expect(keyOf(followed('late'))).toBe('late');
	expect(keyOf(withId('pair', { status: 'REJECTED' }))).toBe('pair');
});
