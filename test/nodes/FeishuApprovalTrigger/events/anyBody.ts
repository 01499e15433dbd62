import fc from 'fast-check';

import { CATALOGUE, EVENT_KINDS } from '../../../../nodes/FeishuApprovalTrigger/events/catalogue';
import { anyJson, hostileText } from '../../../hostile/values';
import { ALL_SAMPLES, leaveV2 } from '../samples';

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
/** What may come as an event: often nearly one, with whatever can stand in each field. */
export const anyBody: fc.Arbitrary<unknown> = fc.oneof(
	{ arbitrary: first as fc.Arbitrary<unknown>, weight: 5 },
	{ arbitrary: second as fc.Arbitrary<unknown>, weight: 5 },
	anyJson,
);
