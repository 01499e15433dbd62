import fc from 'fast-check';

import { readForm } from '../../approval/form';
import { anyForm, noForm, type Widget } from '../hostile/forms';
import { expectJson, expectNothingPolluted, GENERATED } from '../hostile/judge';

const isWidget = (value: unknown): value is Widget =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every text, number, truth value and key in `value`, however deep. */
function words(value: unknown): string[] {
	if (value === null || value === undefined) return [];
	if (Array.isArray(value)) return value.flatMap(words);
	if (typeof value !== 'object') return [String(value).replaceAll('\\u0026', '&')];
	return Object.entries(value).flatMap(([key, part]) => [key, ...words(part)]);
}

/** What a form field says, as words that have to be found again. */
function said({ type, value, open_ids }: Widget): string[] {
	if (type === 'fieldList' && Array.isArray(value)) {
		return value.flatMap((row: unknown) =>
			Array.isArray(row) ? row.filter(isWidget).flatMap(said) : words(row),
		);
	}
	if (type === 'telephone' && isWidget(value)) {
		const country = value.country_code ?? value.countryCode ?? '';
		const national = value.national_number ?? value.nationalNumber ?? '';
		if (typeof country === 'string' && typeof national === 'string' && country + national !== '') {
			return words(country + national);
		}
	}
	return [...words(value), ...(type === 'contact' ? words(open_ids) : [])];
}

/** How many entries a form field has: its value, and what belongs to it under a key of its own. */
function entries({ type, open_ids, currency }: Widget): number {
	if (type === 'contact') return open_ids === undefined ? 1 : 2;
	const isNamed = (typeof currency === 'string' && currency !== '') || typeof currency === 'number';
	return type === 'amount' && isNamed ? 2 : 1;
}

function expectAllOf(parts: string[], whole: string[]): void {
	const left = new Map<string, number>();
	for (const word of whole) left.set(word, (left.get(word) ?? 0) + 1);
	for (const word of parts) {
		if (!left.get(word)) throw new Error(`lost: ${JSON.stringify(word)}`);
		left.set(word, left.get(word)! - 1);
	}
}

/** What `form` is, once read as JSON; nothing if it is no JSON. */
function parsed(form: unknown): unknown {
	try {
		return typeof form === 'string' ? JSON.parse(form) : form;
	} catch {
		return undefined;
	}
}

function expectWellRead(form: unknown): void {
	const { values, unread } = readForm(form);
	expectJson(values);
	const widgets = parsed(form);
	if (!Array.isArray(widgets)) {
		const isMissing = form === undefined || form === null || form === '';
		expect({ values, unread }).toEqual({ values: {}, unread: isMissing ? undefined : form });
		return;
	}
	const fields = widgets.filter(isWidget);
	expectAllOf(fields.flatMap(said), words(values));
	const count = fields.reduce((sum, field) => sum + entries(field), 0);
	expect(Object.keys(values).length).toBeGreaterThanOrEqual(count);
	expect(unread).toBe(fields.length === widgets.length ? undefined : form);
}

it.each([
	['every form becomes JSON, and nothing that a field says is lost', anyForm],
	['what is no form is kept as it came', noForm],
])('%s', (_name, forms) => {
	fc.assert(fc.property(forms, expectWellRead), GENERATED);
	expectNothingPolluted();
});

/** All types of API sheet 5.2, and the one that its remark tells of. */
const TYPES = [
	...[
		'input',
		'textarea',
		'date',
		'dateInterval',
		'number',
		'amount',
		'formula',
		'radio',
		'radioV2',
	],
	...['checkbox', 'checkboxV2', 'contact', 'department', 'connect', 'document', 'attachmentV2'],
	...['attachment', 'image', 'imageV2', 'fieldList', 'address', 'telephone', 'leaveGroup'],
	...['leaveGroupV2', 'workGroup', 'outGroup', 'tripGroup', 'shiftGroup', 'remedyGroup'],
	...[
		'mutableGroup',
		'text',
		'account',
		'serialNumber',
		'remedyGroupV2',
		'location',
		'shiftGroupV2',
	],
	...['apaascorehrOnboardingGroup', 'apaascorehrRegularateGroup', 'apaascorehrJobAdjustGroup'],
	...['apaascorehrOffboardingGroup', 'widgetLeaveGroupV2'],
];

it('the generated forms have fields of every type', () => {
	const drawn = fc.sample(anyForm, GENERATED).flatMap((form) => JSON.parse(form) as unknown[]);
	const types = new Set(drawn.filter(isWidget).map(({ type }) => type));
	expect(TYPES.filter((type) => !types.has(type))).toEqual([]);
});
