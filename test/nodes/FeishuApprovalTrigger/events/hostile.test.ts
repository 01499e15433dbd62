import fc from 'fast-check';

import { kindOf } from '../../../../nodes/FeishuApprovalTrigger/events/catalogue';
import { readEvent } from '../../../../nodes/FeishuApprovalTrigger/events/envelope';
import { itemOf } from '../../../../nodes/FeishuApprovalTrigger/events/item';
import { EventKeys } from '../../../../nodes/FeishuApprovalTrigger/events/keys';
import { expectJson, expectNothingPolluted, GENERATED } from '../../../hostile/judge';
import { ALL_SAMPLES, NOW } from '../samples';
import { anyBody } from './anyBody';

/** As it comes over the network: what JSON cannot say is gone. */
const asSent = (body: unknown): unknown => JSON.parse(JSON.stringify(body) ?? 'null');

it('whatever the platform sends becomes an item or nothing, and has one key', () => {
	const keys = new EventKeys();
	let read = 0;
	fc.assert(
		fc.property(anyBody, (body) => {
			const sent = asSent(body);
			const event = readEvent(sent);
			if (event === undefined) return;
			read++;
			const key = keys.keyOf(event, NOW);
			expect(key).toBe(keys.keyOf(readEvent(asSent(body))!, NOW));
			expect(key.length).toBeGreaterThan(0);
			expect(key.length).toBeLessThanOrEqual(64);
			expect(readEvent(sent)).toEqual(event);

			const item = itemOf(event, true);
			expectJson(item);
			const kind = kindOf(event.type);
			if (kind === undefined) expect(item).toEqual(itemOf(event, false));
			else {
				expect(Object.keys(item)).toEqual(Object.keys(itemOf(readEvent(ALL_SAMPLES[kind])!, true)));
			}
			for (const name of [
				'approval_code',
				'instance_code',
				'task_id',
				'status',
				'open_id',
				'time',
			]) {
				if (kind !== undefined)
					expect(item[name] === null || typeof item[name] === 'string').toBe(true);
			}
			expectJson(itemOf(event, false));
		}),
		GENERATED,
	);
	expect(read).toBeGreaterThan(5_000);
	expectNothingPolluted();
});
