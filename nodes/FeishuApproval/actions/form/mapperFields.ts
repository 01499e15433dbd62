import type { FieldType, ResourceMapperField } from 'n8n-workflow';

import type { FormField } from '../../../../approval/definition';
import { isRequired } from '../../../../approval/filling/fillForm';
import { byReadName, labelOf, partsByName } from '../../../../approval/filling/names';
import { isGroup } from '../../../../approval/filling/parts';

/** How a kind of field looks in the panel, and what to write into it. */
interface Look {
	type: FieldType;
	hint?: string;
}

const LABELS = 'labels, separated by commas';
const FILES = 'names of binary fields, or upload codes';

/** Kinds that are not a line of text; lists and objects are one too, since n8n marks its own editors red. */
const LOOKS: Record<string, Look> = {
	address: { type: 'string', hint: '{"id": "110101", "detailAddress": "1 Main Street"}' },
	amount: { type: 'string', hint: 'such as 1234.50' },
	attachmentV2: { type: 'string', hint: FILES },
	checkbox: { type: 'string', hint: LABELS },
	checkboxV2: { type: 'string', hint: LABELS },
	connect: { type: 'string', hint: 'instance codes, separated by commas' },
	contact: { type: 'string', hint: 'IDs, email addresses or mobile numbers' },
	date: { type: 'dateTime' },
	dateInterval: { type: 'string', hint: 'such as 2026-10-01 ~ 2026-10-03' },
	department: { type: 'string', hint: 'open department IDs' },
	document: { type: 'string', hint: 'address or token' },
	fieldList: { type: 'string', hint: 'list of rows' },
	formula: { type: 'number' },
	image: { type: 'string', hint: FILES },
	imageV2: { type: 'string', hint: FILES },
	number: { type: 'number' },
	shiftGroup: { type: 'string', hint: '{"shiftTime": "…", "returnTime": "…", "reason": "…"}' },
	telephone: { type: 'string', hint: 'such as +86 13112345678' },
};

/** So many choices or columns are named beside a field; more would bury its name. */
const NAMED = 8;

const shortened = (names: string[]): string =>
	names.slice(0, NAMED).join(', ') + (names.length > NAMED ? ', …' : '');

/** What to write into a field, as far as its own definition tells. */
function hintOf(field: FormField, { hint }: Look): string | undefined {
	const { type, options, children, raw } = field;
	if (field.can_be_created === null) return 'the API may not take this kind';
	if (type === 'fieldList' && children.length > 0) {
		const row = children.slice(0, NAMED).map((column) => `"${labelOf(column)}": …`);
		return `list of rows: [{${row.join(', ')}}]`;
	}
	if (type === 'amount' && typeof raw.value === 'string' && /^[A-Z]{3}$/.test(raw.value)) {
		return `${hint} ${raw.value}`;
	}
	if (hint !== LABELS || options.length === 0) return hint;
	return `${LABELS}: ${shortened(options.map(({ text }) => text))}`;
}

function lookOf({ type, options }: FormField): Look {
	const isChoice = type === 'radio' || type === 'radioV2';
	if (!isChoice) return LOOKS[type ?? ''] ?? { type: 'string' };
	return options.length > 0 ? { type: 'options' } : { type: 'string', hint: 'label or key' };
}

function mapperField(
	id: string,
	field: FormField,
	{ label = labelOf(field), required = isRequired(field) } = {},
): ResourceMapperField {
	const look = lookOf(field);
	const isTaken = field.can_be_created !== false;
	const hint = isTaken ? hintOf(field, look) : 'cannot be set through the API';
	return {
		id,
		displayName: hint === undefined ? label : `${label} (${hint})`,
		type: isTaken ? look.type : 'string',
		required,
		readOnly: !isTaken,
		display: true,
		defaultMatch: false,
		canBeUsedToMatch: false,
		...(isTaken && look.type === 'options'
			? { options: field.options.map(({ key, text }) => ({ name: text, value: key })) }
			: {}),
	};
}

/**
 * The fields of a form as n8n's resource mapper shows them, under the names that Get Instance gives
 * their values; the parts of leave, overtime and out of office stand beside the others.
 */
export function mapperFieldsOf(fields: FormField[]): ResourceMapperField[] {
	const parts = [...partsByName(fields)];
	return [...byReadName(fields)].flatMap(([name, field]) => {
		if (!isGroup(field)) return [mapperField(name, field)];
		return parts
			.filter(([, [group]]) => group === field)
			.map(([id, [group, part]]) =>
				mapperField(id, part, {
					label: `${labelOf(group)}: ${labelOf(part)}`,
					required: isRequired(group) && isRequired(part),
				}),
			);
	});
}
