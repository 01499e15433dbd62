import { addressAmongIds } from '../../../approval/addresses';
import { findKindMismatch, type IdsByField } from '../../../approval/kindsOfIds';
import { Problem } from '../../../approval/problem';
import type { UserIdType } from '../../../approval/userIds';
import type { ItemClient } from '../../../feishu/client/itemClient';
import type { FeishuCallError } from '../../../feishu/errors/callError';
import type { SentCode } from '../../../feishu/errors/description';
import type { Field, Fields } from './fields/field';
import type { Operation, ReadParameter, Result } from './operation';
import { propertiesOf } from './operationProperties';
import { peopleIn, valueOf, withPeople, type Placed } from './placedFields';

type Values<F> = { [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** What an operation gets of an item: its fields, and under `options` those that were added. */
export type Input<F extends Fields, O extends Fields> = Values<F> & { options: Partial<Values<O>> };

interface Definition<F extends Fields, O extends Fields> {
	resource: string;
	/** The value that workflows store. */
	operation: string;
	option: Operation['option'];
	/** What the canvas shows under the node. */
	title: string;
	/** What a builder has to know before using it, such as that it cannot be undone. */
	notice?: string;
	fields: F;
	options?: O;
	/** What is wrong with values that do not go together; the text is whole. */
	check?(input: Input<F, O>): Problem | undefined;
	/** How many items may be worked on at once; one after another unless it says otherwise. */
	concurrency?(input: Input<F, O>): number;
	/** Handles one item. */
	execute?(feishu: ItemClient, input: Input<F, O>): Promise<Result>;
	/** In place of `execute`: handles items together whose `key` is the same. */
	group?: {
		key(input: Input<F, O>): string | undefined;
		execute(
			feishu: ItemClient,
			inputs: Array<Input<F, O>>,
		): Promise<Array<Result | FeishuCallError>>;
	};
}

/**
 * An operation from its fields and what it does with them. The dropdown entry, the display options,
 * the checks of the fields, the look-up of people and the context of error texts come from them.
 */
export function defineOperation<F extends Fields, O extends Fields = Record<string, never>>({
	resource,
	operation,
	option,
	title,
	notice,
	fields,
	options = {} as O,
	check,
	concurrency,
	execute,
	group,
}: Definition<F, O>): Operation {
	const placed: Placed[] = [
		...Object.entries(fields).map(([name, field]) => ({ name, field, isOption: false })),
		...Object.entries(options).map(([name, field]) => ({ name, field, isOption: true })),
	];
	const people = placed.filter(({ field }) => field.holds === 'people');
	const codes = placed.filter(({ field }) => field.holds?.endsWith('Code'));
	const kind = placed.find(({ name }) => name === 'userIdType');

	const userIdType = (input: unknown): UserIdType =>
		((kind && valueOf(input, kind)) as UserIdType | undefined) ?? 'open_id';
	const idsOf = (input: unknown): IdsByField =>
		Object.fromEntries(
			people.map((place) => [place.field.property.displayName, peopleIn(input, place)]),
		);

	function read(parameter: ReadParameter): unknown {
		const entered = (parameter('options', {}) ?? {}) as Record<string, unknown>;
		const values: Record<string, unknown> = {};
		const added: Record<string, unknown> = {};
		for (const { name, field, isOption } of placed) {
			// An option that was added, and whose expression gives nothing, is not one that was left out.
			if (isOption && !Object.hasOwn(entered, name)) continue;
			const { displayName, default: usual } = field.property;
			const fallback = typeof usual === 'string' ? '' : usual;
			const value = field.parse(isOption ? entered[name] : parameter(name, fallback), displayName);
			if (value instanceof Problem)
				return new Problem(`${displayName} ${value.message}`, value.hint);
			(isOption ? added : values)[name] = value;
		}
		const input = { ...values, options: added } as Input<F, O>;
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
		properties: propertiesOf(resource, operation, fields, options, notice),
		read,
		people: people.map((place) => ({
			displayName: place.field.property.displayName,
			read: (input) => peopleIn(input, place),
			replace: (input, ids) => withPeople(input, place, ids),
		})),
		userIdType,
		concurrency: (input) => concurrency?.(input as Input<F, O>) ?? 1,
		groupKey: (input) => group?.key(input as Input<F, O>),
		async run(feishu, inputs) {
			const known = inputs as Array<Input<F, O>>;
			if (group !== undefined) return await group.execute(feishu, known);
			return [await execute!(feishu, known[0])];
		},
		contextOf: (input) => ({
			userIdType: userIdType(input),
			ids: idsOf(input),
			codes: codes.map((place): SentCode => {
				const { property, holds, notFound } = place.field;
				const of = holds === 'instanceCode' ? 'instance' : 'approval';
				const code = String(valueOf(input, place));
				return { of, field: property.displayName, code, notFound };
			}),
		}),
	};
}
