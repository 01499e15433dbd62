import fc from 'fast-check';

import {
	CATALOGUE,
	EVENT_KINDS,
	kindOf,
} from '../../../../nodes/FeishuApprovalTrigger/events/catalogue';
import { readEvent } from '../../../../nodes/FeishuApprovalTrigger/events/envelope';
import { itemOf } from '../../../../nodes/FeishuApprovalTrigger/events/item';
import { EventKeys } from '../../../../nodes/FeishuApprovalTrigger/events/keys';
import { expectJson, expectNothingPolluted, GENERATED } from '../../../hostile/judge';
import { anyJson, hostileText } from '../../../hostile/values';
import { ALL_SAMPLES, leaveV2, NOW } from '../samples';

const TYPES = EVENT_KINDS.flatMap((kind) => CATALOGUE[kind].types);
/** Every name that a field of an event has, so that each is met with whatever can stand there. */
const FIELDS = [...Object.values(ALL_SAMPLES), leaveV2()].flatMap(({ event }) => {
	const { object, ...fields } = event as Record<string, object>;
	return [...Object.keys(fields), ...Object.keys(object ?? {})];
});
const NAMES = [...new Set([...FIELDS, 'object', 'assigned_user', 'start_user', 'comment'])];

const looseText = fc
	.array(fc.constantFrom('[', ']', '{', '}', ',', '=', ' ', 'a', '@i18n@1', 'texts', '"'), {
		maxLength: 20,
	})
	.map((pieces) => pieces.join(''));
const time = fc.oneof(
	fc.nat(),
	fc.nat().map((ms) => String(1_500_000_000_000 + ms)),
	fc.double(),
);
const value = fc.oneof(hostileText, anyJson, looseText, time, fc.constant(undefined));
const fields = fc.dictionary(fc.constantFrom(...NAMES), value, { maxKeys: 12 });
const type = fc.oneof({ arbitrary: fc.constantFrom<unknown>(...TYPES), weight: 6 }, value);

const first = fc
	.record({ uuid: value, token: value, ts: value, type: value }, { requiredKeys: [] })
	.chain((head) =>
		fc.tuple(type, fields).map(([name, event]) => ({ ...head, event: { ...event, type: name } })),
	);
const second = fc
	.record(
		{ event_id: value, token: value, create_time: value, app_id: value },
		{ requiredKeys: [] },
	)
	.chain((header) =>
		fc
			.tuple(type, fields, fc.boolean(), fc.constantFrom<unknown>('2.0', 2, null, undefined))
			.map(([event_type, event, isInObject, schema]) => ({
				schema,
				header: { ...header, event_type },
				event: isInObject ? { object: event } : event,
			})),
	);
const anyBody = fc.oneof(
	{ arbitrary: first as fc.Arbitrary<unknown>, weight: 5 },
	{ arbitrary: second as fc.Arbitrary<unknown>, weight: 5 },
	anyJson,
);

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
