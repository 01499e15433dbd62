/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { isDeepStrictEqual } from 'node:util';

import type { Sandbox } from '../../sandbox';
import { fieldsOf, nameOf, namesIn, valueIn, type Operations } from './operations';
import type { Case, Row } from './row';

/** Those of `names` that stand in one list and not in the other, in words. */
function compare(of: string, wanted: string[], found: string[]): string[] {
	return [
		...wanted.filter((name) => !found.includes(name)).map((name) => `${of}: ${name} is missing`),
		...found.filter((name) => !wanted.includes(name)).map((name) => `${of}: ${name} is not known`),
	];
}

function gapsOfRow(row: Row, operations: Operations, sandbox: Sandbox): string[] {
	const name = nameOf(row);
	const places = fieldsOf(row, operations);
	const fields = places.map(({ field }) => field.name);
	const samples = row.variants.map(({ make }) => make(sandbox));
	const sampled = new Set(samples.flatMap(({ sample }) => namesIn(row, sample, operations)));
	const isAtDefault = ({ sample }: Case, place: (typeof places)[number]) =>
		isDeepStrictEqual(valueIn(sample, place) ?? place.field.default, place.field.default);
	const atDefault = places
		.filter((place) => samples.every((one) => isAtDefault(one, place)))
		.map(({ field }) => field.name);
	return [
		...compare(`${name}, samples`, fields, [...sampled]),
		...compare(`${name}, at default`, atDefault, Object.keys(row.atDefault ?? {})),
		...compare(`${name}, bad input`, fields, Object.keys(row.badInput)),
		...samples.flatMap(({ effects, requests }, index) => {
			const { afterLoss, title = 'its variant' } = row.variants[index];
			return [
				...(requests.length === 0 ? [`${name}: ${title} sends nothing`] : []),
				...((afterLoss === 'repeats') !== (effects === undefined)
					? [`${name}: ${title} has effects if it writes, and only then`]
					: []),
			];
		}),
		...row.variants
			.filter(({ make }, index) => isDeepStrictEqual(make(sandbox).sample, samples[index].sample))
			.map(({ title = 'its variant' }) => `${name}: ${title} makes the same sample twice`),
	];
}

/** What the table does not say of the node's operations, or says of others; nothing if it is whole. */
export function findGaps(operations: Operations, rows: Row[], sandbox: Sandbox): string[] {
	const wanted = Object.entries(operations).flatMap(([resource, { operations: own }]) =>
		own.map(({ value }) => nameOf({ resource, operation: value })),
	);
	const known = rows.filter((row) => wanted.includes(nameOf(row)));
	return [
		...compare('rows', wanted, rows.map(nameOf)),
		...known.flatMap((row) => gapsOfRow(row, operations, sandbox)),
	];
}
