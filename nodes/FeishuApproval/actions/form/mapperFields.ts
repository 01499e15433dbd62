import type { FieldType, ResourceMapperField } from 'n8n-workflow';

import type { FormField } from '../../../../approval/definition';
import { isRequired } from '../../../../approval/filling/fillForm';
import { byOwnName, labelOf, partsByName } from '../../../../approval/filling/names';
import { isGroup } from '../../../../approval/filling/parts';

/** How a kind of field looks in the panel, and what to write into it. */
interface Look {
	type: FieldType;
	hint?: string;
}

// Short: n8n shows as much of a name as there is room for.
const SEVERAL = 'several';
const FILES = 'binary fields';

/** Kinds that are not a line of text; lists and objects are one too, since n8n marks its own editors red. */
const LOOKS: Record<string, Look> = {
	address: { type: 'string', hint: '{"id": …}' },
	amount: { type: 'string', hint: '1234.50' },
	attachmentV2: { type: 'string', hint: FILES },
	checkbox: { type: 'string', hint: SEVERAL },
	checkboxV2: { type: 'string', hint: SEVERAL },
	connect: { type: 'string', hint: 'instance codes' },
	contact: { type: 'string', hint: 'emails or IDs' },
	date: { type: 'dateTime' },
	dateInterval: { type: 'string', hint: 'from ~ to' },
	department: { type: 'string', hint: 'od-…' },
	document: { type: 'string', hint: 'link or token' },
	fieldList: { type: 'string', hint: 'rows' },
	formula: { type: 'number' },
	image: { type: 'string', hint: FILES },
	imageV2: { type: 'string', hint: FILES },
	number: { type: 'number' },
	shiftGroup: { type: 'string', hint: '{"shiftTime": …}' },
	telephone: { type: 'string', hint: '+86 131…' },
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
		return `rows: [{${row.join(', ')}}]`;
	}
	if (type === 'amount' && typeof raw.value === 'string' && /^[A-Z]{3}$/.test(raw.value)) {
		return `${hint} ${raw.value}`;
	}
	if (hint !== SEVERAL || options.length === 0) return hint;
	return shortened(options.map(({ text }) => text));
}

function lookOf({ type, options }: FormField): Look {
	const isChoice = type === 'radio' || type === 'radioV2';
	const isKnown = type !== null && Object.hasOwn(LOOKS, type);
	if (!isChoice) return isKnown ? LOOKS[type] : { type: 'string' };
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
	return [...byOwnName(fields)].flatMap(([name, field]) => {
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
