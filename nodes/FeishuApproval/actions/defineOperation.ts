import { deepCopy } from 'n8n-workflow';

import { addressAmongIds } from '../../../approval/addresses';
import { findKindMismatch, type IdsByField } from '../../../approval/kindsOfIds';
import { Problem } from '../../../approval/problem';
import type { UserIdType } from '../../../approval/userIds';
import type { ItemClient } from '../../../feishu/client/itemClient';
import type { FeishuCallError } from '../../../feishu/errors/callError';
import type { SentCode } from '../../../feishu/errors/description';
import type { Field, Fields } from './fields/field';
import type { Operation, ReadParameter, Result, Waiting } from './operation';
import { propertiesOf } from './operationProperties';
import { peopleIn, placeFields, valueOf, withPeople } from './placedFields';

type Values<F> = { [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** What an operation gets of an item: its fields, and the filters and options that were added. */
export type Input<F extends Fields, O extends Fields, S extends Fields> = Values<F> & {
	filters: Partial<Values<S>>;
	options: Partial<Values<O>>;
};

interface Definition<F extends Fields, O extends Fields, S extends Fields> {
	resource: string;
	/** The value that workflows store. */
	operation: string;
	option: Operation['option'];
	/** What the canvas shows under the node. */
	title: string;
	/** What a builder has to know before using it, such as that it cannot be undone. */
	notice?: string;
	fields: F;
	filters?: S;
	options?: O;
	/** What is wrong with values that do not go together; the text is whole. */
	check?(input: Input<F, O, S>): Problem | undefined;
	/** How many items may be worked on at once; one after another unless it says otherwise. */
	concurrency?(input: Input<F, O, S>): number;
	/** It only reads: items that ask for the same get the answer to one question. */
	asksOnce?: true;
	/** As Operation.prepare. */
	prepare?(items: Array<Waiting<Input<F, O, S>>>): Promise<unknown[]>;
	/** Handles one item. */
	execute?(feishu: ItemClient, input: Input<F, O, S>): Promise<Result>;
	/** In place of `execute`: handles items together whose `key` is the same. */
	group?: {
		key(input: Input<F, O, S>): string | undefined;
		execute(
			feishu: ItemClient,
			inputs: Array<Input<F, O, S>>,
		): Promise<Array<Result | FeishuCallError>>;
	};
}

/**
 * An operation from its fields and what it does with them. The dropdown entry, the display options,
 * the checks of the fields, the look-up of people and the context of error texts come from them.
 */
export function defineOperation<
	F extends Fields,
	O extends Fields = Record<string, never>,
	S extends Fields = Record<string, never>,
>({
	resource,
	operation,
	option,
	title,
	notice,
	fields,
	filters = {} as S,
	options = {} as O,
	check,
	concurrency,
	asksOnce,
	prepare,
	execute,
	group,
}: Definition<F, O, S>): Operation {
	const placed = placeFields(fields, { filters, options });
	const people = placed.filter(({ field }) => field.holds === 'people');
	const codes = placed.filter(({ field }) => field.holds?.endsWith('Code'));
	const kind = placed.find(({ name }) => name === 'userIdType');

	const userIdType = (input: unknown): UserIdType =>
		((kind && valueOf(input, kind)) as UserIdType | undefined) ?? 'open_id';
	const idsOf = (input: unknown): IdsByField =>
		Object.fromEntries(
			people.map((place) => [place.field.property.displayName, peopleIn(input, place)]),
		);

	function read(parameter: ReadParameter, zone: string): unknown {
		const collected = (name: string) => (parameter(name, {}) ?? {}) as Record<string, unknown>;
		const entered = {
			filters: Object.keys(filters).length > 0 ? collected('filters') : {},
			options: collected('options'),
		};
		const values: Record<string, unknown> = {};
		const added = { filters: {}, options: {} } as typeof entered;
		for (const { name, field, within } of placed) {
			// An option that was added, and whose expression gives nothing, is not one that was left out.
			if (within !== undefined && !Object.hasOwn(entered[within], name)) continue;
			const { displayName, default: usual } = field.property;
			const fallback = typeof usual === 'string' ? '' : usual;
			const entry = () => field.read?.(parameter, name) ?? parameter(name, fallback);
			const given = within === undefined ? entry() : entered[within][name];
			const value = field.parse(given, displayName, zone);
			if (value instanceof Problem)
				return new Problem(`${displayName} ${value.message}`, value.hint);
			(within === undefined ? values : added[within])[name] = value;
		}
		const input = { ...values, ...added } as Input<F, O, S>;
		const ids = Object.entries(idsOf(input)).map(([field, entries]): [string, string[]] => [
			field,
			entries.filter((entry) => addressAmongIds(entry) === undefined),
		]);
		return findKindMismatch(userIdType(input), Object.fromEntries(ids)) ?? check?.(input) ?? input;
	}

	return {
		resource,
		value: operation,
		option,
		title,
		properties: propertiesOf(resource, operation, fields, { filters, options }, notice),
		read,
		people: people.map((place) => ({
			displayName: place.field.property.displayName,
			read: (input) => peopleIn(input, place),
			replace: (input, ids) => withPeople(input, place, ids),
		})),
		userIdType,
		concurrency: (input) => concurrency?.(input as Input<F, O, S>) ?? 1,
		groupKey: (input) => (asksOnce ? JSON.stringify(input) : group?.key(input as Input<F, O, S>)),
		prepare: prepare as Operation['prepare'],
		async run(feishu, inputs) {
			const known = inputs as Array<Input<F, O, S>>;
			if (group !== undefined) return await group.execute(feishu, known);
			const result = await execute!(feishu, known[0]);
			return known.map((_input, index) => (index === 0 ? result : deepCopy(result)));
		},
		contextOf: (input) => ({
			userIdType: userIdType(input),
			ids: idsOf(input),
			codes: codes.flatMap((place): SentCode[] => {
				const { property, holds, notFound } = place.field;
				const code = valueOf(input, place);
				if (code === undefined) return [];
				const of = holds === 'instanceCode' ? 'instance' : 'approval';
				return [{ of, field: property.displayName, code: String(code), notFound }];
			}),
		}),
	};
}
