import fc from 'fast-check';

import type { Frame } from '../../../../nodes/FeishuApprovalTrigger/longConnection/frames';
import { Parts } from '../../../../nodes/FeishuApprovalTrigger/longConnection/parts';
import { GENERATED } from '../../../hostile/judge';
import { hostileText } from '../../../hostile/values';
import { NOW } from '../samples';

let parts: Parts;
beforeEach(() => {
	parts = new Parts();
});

function frame(headers: Record<string, unknown>, payload?: string | Uint8Array): Frame {
	return {
		seqId: 1n,
		logId: 1n,
		service: 1,
		method: 1,
		headers: Object.entries(headers).map(([key, value]) => ({ key, value: String(value) })),
		payload: typeof payload === 'string' ? Buffer.from(payload) : payload,
	};
}

/** What came of a part, as text. */
function join(message_id: string, sum: unknown, seq: unknown, payload: string, now = NOW) {
	const whole = parts.join(frame({ message_id, sum, seq }, payload), now);
	return whole && Buffer.from(whole).toString();
}

it('an event of one part is whole at once', () => {
	expect(join('m', 1, 0, 'event')).toBe('event');
	const bare = parts.join(frame({ type: 'event' }, 'event'), NOW);
	expect(Buffer.from(bare!).toString()).toBe('event');
	expect(parts.join(frame({ type: 'event' }), NOW)).toHaveLength(0);
	expect(parts.waiting).toBe(0);
});

it('parts in any order, of several events at once, become what they were', () => {
	const event = fc.record({
		bytes: fc.uint8Array({ minLength: 1, maxLength: 60 }),
		sum: fc.integer({ min: 1, max: 8 }),
	});
	const events = fc.array(event, { minLength: 1, maxLength: 5 });
	fc.assert(
		fc.property(events, fc.infiniteStream(fc.nat()), (sent, random) => {
			parts = new Parts();
			const frames = sent.flatMap(({ bytes, sum }, index) => {
				const size = Math.ceil(bytes.length / sum);
				return Array.from({ length: sum }, (_, seq) => ({
					index,
					frame: frame(
						{ message_id: index, sum, seq },
						bytes.subarray(seq * size, (seq + 1) * size),
					),
				}));
			});
			const whole = new Map<number, number[]>();
			while (frames.length > 0) {
				const [next] = frames.splice(random.next().value % frames.length, 1);
				const joined = parts.join(next.frame, NOW);
				if (joined === undefined) continue;
				expect(whole.has(next.index)).toBe(false);
				whole.set(next.index, [...joined]);
			}
			expect([...whole.keys()].sort()).toEqual(sent.map((_, index) => index));
			for (const [index, { bytes }] of sent.entries()) expect(whole.get(index)).toEqual([...bytes]);
			expect(parts.waiting).toBe(0);
		}),
		{ ...GENERATED, numRuns: 2_000 },
	);
});

it('a part that comes twice counts once', () => {
	expect(join('m', 3, 0, 'a')).toBeUndefined();
	expect(join('m', 3, 0, 'A')).toBeUndefined();
	expect(join('m', 3, 2, 'c')).toBeUndefined();
	expect(join('m', 3, 1, 'b')).toBe('Abc');
});

it('an event that is sent anew is whole again', () => {
	for (let turn = 0; turn < 2; turn++) {
		expect(join('m', 2, 0, 'a')).toBeUndefined();
		expect(join('m', 2, 1, 'b')).toBe('ab');
	}
});

it('parts are forgotten 10 s after the last of them', () => {
	join('m', 3, 0, 'a');
	expect(join('m', 3, 1, 'b', NOW + 9_999)).toBeUndefined();
	expect(join('m', 3, 2, 'c', NOW + 19_998)).toBe('abc');

	join('n', 2, 0, 'a');
	expect(join('n', 2, 1, 'b', NOW + 10_000)).toBeUndefined();
	expect(parts.waiting).toBe(1);
});

it('forgotten are those of which nothing was heard, not those that began first', () => {
	join('first', 3, 0, 'a');
	join('second', 2, 0, 'x', NOW + 1_000);
	join('first', 3, 1, 'b', NOW + 5_000);
	expect(join('second', 2, 1, 'y', NOW + 11_500)).toBeUndefined();
	expect(join('first', 3, 2, 'c', NOW + 14_000)).toBe('abc');
});

it.each([
	[0, 0],
	[2, 2],
	[2, 3],
	[-1, 0],
	[2, -1],
	['x', 0],
	[2, 'x'],
	[1.5, 0],
	['', 0],
	[2, ''],
	[1e9, 0],
	['Infinity', 0],
	[2, undefined],
])('nothing comes of a part whose numbers cannot be: %j parts, number %j', (sum, seq) => {
	expect(join('m', sum, seq, 'a')).toBeUndefined();
	expect(parts.waiting).toBe(0);
});

it('nothing comes of a part without a name, or of one that says another sum', () => {
	expect(parts.join(frame({ sum: 2, seq: 0 }, 'a'), NOW)).toBeUndefined();
	expect(parts.waiting).toBe(0);
	join('m', 3, 0, 'a');
	expect(join('m', 2, 1, 'b')).toBeUndefined();
	join('m', 3, 1, 'b');
	expect(join('m', 3, 2, 'c')).toBe('abc');
});

it('no more than a hundred events wait; the one of which nothing was heard for longest goes', () => {
	for (let event = 0; event <= 100; event++) join(`m${event}`, 2, 0, 'a');
	expect(parts.waiting).toBe(100);
	expect(join('m0', 2, 1, 'b')).toBeUndefined();
	expect(join('m100', 2, 1, 'b')).toBe('ab');
});

it('no more than 16 MB wait', () => {
	const megabyte = new Uint8Array(1_048_576);
	for (let seq = 0; seq < 40; seq++) {
		parts.join(frame({ message_id: 'large', sum: 41, seq }, megabyte), NOW);
		parts.join(frame({ message_id: `m${seq}`, sum: 2, seq: 0 }, megabyte), NOW);
	}
	expect(parts.waiting).toBeLessThanOrEqual(16);
	expect(parts.join(frame({ message_id: 'm39', sum: 2, seq: 1 }, 'x'), NOW)).toHaveLength(
		1_048_577,
	);
});

it('a large part that comes many times counts once', () => {
	const megabyte = new Uint8Array(1_048_576);
	for (let turn = 0; turn < 17; turn++) {
		parts.join(frame({ message_id: 'm', sum: 2, seq: 0 }, megabyte), NOW);
	}
	expect(parts.join(frame({ message_id: 'm', sum: 2, seq: 1 }, 'x'), NOW)).toHaveLength(1_048_577);
});

it('whatever the headers say, nothing is thrown', () => {
	const value = fc.oneof(hostileText, fc.integer(), fc.constantFrom('1', '2', '0', '999999'));
	const headers = fc.dictionary(fc.constantFrom('message_id', 'sum', 'seq', '__proto__'), value);
	fc.assert(
		fc.property(headers, fc.uint8Array({ maxLength: 20 }), (given, payload) => {
			const whole = parts.join(frame(given, payload), NOW);
			expect(whole === undefined || whole instanceof Uint8Array).toBe(true);
		}),
		GENERATED,
	);
	expect(parts.waiting).toBeLessThanOrEqual(100);
});
