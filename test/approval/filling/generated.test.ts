import fc from 'fast-check';

import { readDefinitionForm, type FormField } from '../../../approval/definition';
import { fillForm, type Filled } from '../../../approval/filling/fillForm';
import { readForm } from '../../../approval/form';
import { Problem } from '../../../approval/problem';
import { GENERATED } from '../../hostile/judge';
import { anyValue } from '../../hostile/values';

const HOW = { zone: 'Asia/Shanghai', binaries: ['data'] } as const;
const OPTION = [
	{ value: 'k1', text: 'Train' },
	{ value: 'k2', text: 'Taxi, bus' },
];
const KINDS = [
	...['address', 'amount', 'attachmentV2', 'checkboxV2', 'connect', 'contact', 'date'],
	...['dateInterval', 'department', 'document', 'formula', 'image', 'input', 'leaveGroupV2'],
	...['location', 'number', 'outGroup', 'radioV2', 'shiftGroup', 'telephone', 'textarea'],
	...['tripGroup', 'workGroup', 'fieldList'],
];

const field = (type: string): FormField =>
	readDefinitionForm([
		{
			id: 'w',
			name: 'Field',
			type,
			option: OPTION,
			children: [{ id: 'c', name: 'Column', type: 'input' }],
		},
	])[0];

describe.each(KINDS)('%s', (type) => {
	it('makes a widget or an explanation of whatever it is given', () => {
		const fields = [field(type)];
		const rows = fc.array(fc.record({ Column: anyValue }, { requiredKeys: [] }));
		const parts = fc.record(
			{ type: anyValue, start: anyValue, end: anyValue, value: anyValue, id: anyValue },
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(fc.oneof(anyValue, rows, parts), (value) => {
				const filled = fillForm(fields, { Field: value }, HOW);
				if (filled instanceof Problem) {
					expect(filled.message).toMatch(/\w/);
					expect(filled.hint).toMatch(/\w/);
					return;
				}
				for (const widget of filled.widgets) {
					expect(widget).toMatchObject({ id: 'w', type });
					expect(Object.keys(widget)).toContain('value');
					expect(widget.value).not.toBeUndefined();
				}
			}),
			{ ...GENERATED, numRuns: 450 },
		);
	});
});

/** What Get Instance gives for a widget that was sent (API sheet 5.2). */
function stored({ id, type, value, ...more }: Record<string, unknown>): Record<string, unknown> {
	const named = { id, name: 'Field', type };
	const label = (key: unknown) => OPTION.find((one) => one.value === key)?.text;
	switch (type) {
		case 'amount':
			return { ...named, value, ext: { currency: more.currency } };
		case 'radioV2':
			return { ...named, value: label(value) };
		case 'checkboxV2':
			return { ...named, value: (value as unknown[]).map(label) };
		case 'contact':
			return { ...named, value: ['u1'], open_ids: more.open_ids };
		case 'telephone': {
			const { countryCode, nationalNumber } = value as Record<string, unknown>;
			return { ...named, value: { country_code: countryCode, national_number: nationalNumber } };
		}
		default:
			return { ...named, value };
	}
}

const seconds = fc.integer({ min: 1_000_000_000, max: 4_000_000_000 });
const VALUES: Record<string, fc.Arbitrary<unknown>> = {
	amount: fc
		.tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.constantFrom('CNY', 'USD'))
		.map(([cents, currency]) => `${cents / 100} ${currency}`),
	checkboxV2: fc.subarray(['Train', 'k2'], { minLength: 1 }),
	contact: fc.uniqueArray(fc.constantFrom('ou_1', 'ou_2', 'ou_3'), { minLength: 1 }),
	date: seconds.map((at) => at * 1000),
	dateInterval: fc
		.tuple(seconds, fc.integer({ min: 0, max: 1_000_000 }))
		.map(([start, length]) => ({ start: start * 1000, end: (start + length) * 1000 })),
	department: fc.uniqueArray(fc.constantFrom('od-1', 'od-2'), { minLength: 1 }),
	input: fc.string({ minLength: 1 }).filter((text) => /\w/.test(text) && !/[{[]/.test(text)),
	number: fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }),
	radioV2: fc.constantFrom('Train', 'k2', 'TRAIN', { key: 'k1', text: 'x' }),
	telephone: fc
		.tuple(fc.constantFrom('+86', '+1', '+49', '+852'), fc.integer({ min: 1e7, max: 9e9 }))
		.map(([code, rest]) => `${code} ${rest}`),
};

it.each(Object.entries(VALUES))(
	'sends what was read of a form as it was sent before: %s',
	(type, values) => {
		const fields = [field(type)];
		fc.assert(
			fc.property(values, (value) => {
				const first = fillForm(fields, { Field: value }, HOW) as Filled;
				expect(first).not.toBeInstanceOf(Problem);
				const read = readForm(JSON.stringify(first.widgets.map(stored))).values;
				const again = fillForm(fields, read, HOW) as Filled;
				expect(again.widgets).toEqual(first.widgets);
			}),
			{ ...GENERATED, numRuns: 300 },
		);
	},
);
