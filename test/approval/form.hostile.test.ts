import fc from 'fast-check';

import { readForm } from '../../approval/form';
import { isWidgetList } from '../../approval/formWidget';
import { anyForm, fileNames, linksAsText, noForm, type Widget } from '../hostile/forms';
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

const FILES = ['attachment', 'attachmentV2', 'image', 'imageV2'];

/** What the links of a field of files say. */
function saidByFiles(value: unknown): string[] {
	if (typeof value !== 'string' || !/^\s*https?:/i.test(value)) return words(value);
	return words(value.split(/,\s*(?=https?:\/\/)/i).map((link) => link.trim()));
}

/** What the people of a contact say; of an object the IDs alone are kept. */
function saidByPeople(value: unknown, openIds: unknown): string[] {
	const people = Array.isArray(value) ? value : [value];
	const own = value === '' || people.some(isWidget) ? [] : words(value);
	return [...own, ...words(openIds)];
}

/** What the widgets within a value say, and whatever else there is. */
function saidWithin(value: unknown[], isTable: boolean): string[] {
	if (isWidgetList(value)) return value.flatMap(said);
	return value.flatMap((row: unknown) => {
		const isRow = isTable ? Array.isArray(row) : isWidgetList(row);
		return isRow ? (row as unknown[]).filter(isWidget).flatMap(said) : words(row);
	});
}

/** What a form field says, as words that have to be found again. */
function said({ type, value, open_ids }: Widget): string[] {
	if (FILES.includes(type as string)) return saidByFiles(value);
	if (type === 'contact') return saidByPeople(value, open_ids);
	if (type === 'department') return words(value);
	if (Array.isArray(value)) return saidWithin(value, type === 'fieldList');
	if (type === 'telephone' && isWidget(value)) {
		const country = value.country_code ?? value.countryCode ?? '';
		const national = value.national_number ?? value.nationalNumber ?? '';
		if (typeof country === 'string' && typeof national === 'string' && country + national !== '') {
			return words(country + national);
		}
	}
	return words(value);
}

/** How many entries a form field has at least: its value, and what belongs to it under its own key. */
function entries({ type, open_ids, currency, ext }: Widget): number {
	if (type === 'contact') return open_ids === undefined ? 1 : 2;
	if (FILES.includes(type as string)) return typeof ext === 'string' && ext.trim() ? 2 : 1;
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

/** Every list of names has one for each link. */
function expectWhole(value: unknown): void {
	if (typeof value !== 'object' || value === null) return;
	for (const [key, part] of Object.entries(value)) {
		expectWhole(part);
		const names = (value as Record<string, unknown>)[`${key} names`];
		if (Array.isArray(names) && Array.isArray(part)) expect(names).toHaveLength(part.length);
	}
}

it('files have as many names as links, at every depth', () => {
	const files = fc.record({ value: linksAsText, ext: fileNames });
	const type = fc.constantFrom(...FILES);
	fc.assert(
		fc.property(fc.array(fc.tuple(files, type), { maxLength: 4 }), (fields) => {
			const parts = fields.map(([file, kind], index) => ({
				id: `widget${index}`,
				type: kind,
				...file,
			}));
			const group = { id: 'group', type: 'outGroup', value: parts };
			const table = { id: 'table', type: 'unknownTable', value: [parts, [group]] };
			expectWhole(readForm([group, table, ...parts]).values);
		}),
		GENERATED,
	);
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
