/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { isDeepStrictEqual } from 'node:util';

import { simplifyInstance } from '../../approval/instance';
import { copiedPeople, copyEntries } from '../../approval/timeline';
import { anyForm } from '../hostile/forms';
import { expectJson, expectNothingPolluted, GENERATED } from '../hostile/judge';
import { anyJson, hostileText } from '../hostile/values';

const KEYS = ['instance_code', 'approval_code', 'approval_name', 'serial_number', 'status'];
const IDS = ['user_id', 'open_id', 'department_id'];
const time = fc.oneof(
	fc.nat().map((ms) => String(1_500_000_000_000 + ms)),
	fc.constantFrom('0', '', 0),
	anyJson,
);
const text = fc.oneof(hostileText, anyJson);
const list = (entry: fc.Arbitrary<unknown>) =>
	fc.oneof({ arbitrary: fc.array(fc.oneof(entry, anyJson), { maxLength: 5 }), weight: 4 }, anyJson);
const some = (model: Record<string, fc.Arbitrary<unknown>>) =>
	fc.record(model, { requiredKeys: [] });

const task = some({
	id: text,
	user_id: text,
	open_id: text,
	node_name: text,
	type: text,
	status: fc.oneof(fc.constant('PENDING'), text),
	start_time: time,
});
const person = fc.constantFrom('ou_1', 'ou_2', 'ou_3');
const entry = some({
	type: fc.oneof(fc.constantFrom('CC', 'PASS', 'START'), text),
	create_time: time,
	open_id_list: list(person),
	user_id_list: list(person),
	cc_user_list: list(some({ open_id: fc.oneof(person, text), user_id: text, cc_id: text })),
	open_id: text,
	user_id: text,
	ext: text,
});
const answer = some({
	...Object.fromEntries([...KEYS, ...IDS].map((key) => [key, text])),
	start_time: time,
	end_time: time,
	form: fc.oneof(anyForm, anyJson),
	task_list: list(task),
});

const isOpen = (value: unknown) => (value as { status?: unknown } | null)?.status === 'PENDING';

it('every answer becomes the same twelve keys, with its open tasks', () => {
	fc.assert(
		fc.property(answer, (data) => {
			const simplified = simplifyInstance(data as IDataObject);
			expectJson(simplified);
			expect(Object.keys(simplified).slice(0, 12)).toEqual([
				...KEYS,
				...IDS,
				...['start_time', 'end_time', 'form_values', 'pending_tasks'],
			]);
			for (const key of ['start_time', 'end_time'] as const) {
				const when = simplified[key];
				if (when === null || isDeepStrictEqual(when, data[key])) continue;
				expect(new Date(when as string).getTime()).toBe(Math.trunc(Number(data[key])) + 0);
			}
			const tasks: unknown[] = Array.isArray(data.task_list) ? data.task_list : [];
			expect(simplified.pending_tasks).toHaveLength(tasks.filter(isOpen).length);
		}),
		GENERATED,
	);
	expectNothingPolluted();
});

it('no timeline names anybody whom it does not hold', () => {
	fc.assert(
		fc.property(fc.array(fc.oneof(entry, anyJson), { maxLength: 6 }), (timeline) => {
			const all = JSON.stringify(timeline);
			const entries = copyEntries(timeline, 'open_id');
			const { ids, incomplete } = copiedPeople(entries);
			for (const { at } of entries) expect(at === undefined || at > 0).toBe(true);
			for (const id of ids) expect(all).toContain(JSON.stringify(id));
			expect(typeof incomplete).toBe('boolean');
		}),
		GENERATED,
	);
	expectNothingPolluted();
});
