import { addressAmongIds, type Address } from '../addresses';
import type { FormField } from '../definition';
import type { Widget } from '../formWidget';
import { isObject } from '../json';
import { Problem } from '../problem';
import { fillChoice, fillChoices } from './choices';
import { fillDate, fillInterval } from './dates';
import { fillAttachments, fillPictures } from './files';
import {
	isEmpty,
	type AddressInForm,
	type Entered,
	type Fill,
	type FillHow,
	type Filling,
	type Upload,
} from './filling';
import { labelOf, matchNames } from './names';
import { fillAmount, fillNumber } from './numbers';
import { fillAddress, fillConnect, fillDocument, fillTelephone } from './others';
import { nestedKinds } from './nested';
import { fillContact, fillDepartment } from './people';
import { fillText, fillUnknown } from './text';

/** Feishu itself writes what stands there. */
export const WRITTEN_BY_FEISHU = new Set(['text', 'serialNumber']);

/** A form that was checked; what has to be looked up and uploaded is still to be put in. */
export interface Filled {
	widgets: Widget[];
	addresses: AddressInForm[];
	uploads: Upload[];
}

const KINDS: Record<string, Fill> = {
	address: fillAddress,
	amount: fillAmount,
	attachmentV2: fillAttachments,
	checkbox: fillChoices,
	checkboxV2: fillChoices,
	connect: fillConnect,
	contact: fillContact,
	date: fillDate,
	dateInterval: fillInterval,
	department: fillDepartment,
	document: fillDocument,
	formula: fillNumber,
	image: fillPictures,
	imageV2: fillPictures,
	input: fillText,
	number: fillNumber,
	radio: fillChoice,
	radioV2: fillChoice,
	telephone: fillTelephone,
	textarea: fillText,
	...nestedKinds(fillFields),
};

/** Fields that show only under a condition may be left out, whatever they say. */
export function isRequired({ required, can_be_created: isTaken, raw }: FormField): boolean {
	const isConditional = !isEmpty(raw.display_condition);
	return required && isTaken !== false && raw.visible !== false && !isConditional;
}

function isLeftOut({ value, openIds }: Entered, { type }: FormField): boolean {
	// A list in which nobody stands is a mistake, not nothing.
	const isList = type === 'contact' && Array.isArray(value) && value.length > 0;
	return isEmpty(value) && isEmpty(openIds) && !isList;
}

function fillField(
	field: FormField,
	entered: Entered | undefined,
	filling: Filling,
): Widget | Problem | undefined {
	const name = `"${labelOf(field)}"`;
	if (field.type !== null && WRITTEN_BY_FEISHU.has(field.type)) return undefined;
	if (entered === undefined || isLeftOut(entered, field)) {
		if (!isRequired(field)) return undefined;
		return new Problem(
			`${name} is empty, but the form requires it`,
			'Enter a value for this field of the form.',
		);
	}
	if (field.can_be_created === false) {
		return new Problem(
			`${name} cannot be set through the API`,
			`${field.why_not ?? ''} Leave this field out.`,
		);
	}
	const kind = field.type ?? '';
	const fill = Object.hasOwn(KINDS, kind) ? KINDS[kind] : fillUnknown;
	const before = filling.addresses.length;
	const content = fill(entered, field, filling);
	if (content instanceof Problem) return new Problem(`${name} ${content.message}`, content.hint);
	for (const address of filling.addresses.slice(before)) address.field ??= labelOf(field);
	return { id: field.id, type: field.type, ...content };
}

function fillFields(fields: FormField[], values: unknown, filling: Filling): Widget[] | Problem {
	const entered = matchNames(fields, values);
	if (entered instanceof Problem) return entered;
	const widgets: Widget[] = [];
	for (const field of fields) {
		const widget = fillField(field, entered.get(field), filling);
		if (widget instanceof Problem) return widget;
		if (widget !== undefined) widgets.push(widget);
	}
	return widgets;
}

/**
 * The form that Create, Preview and Resubmit want (API sheet 5), from values as people write them: an
 * object by the names of fields as Get Instance gives it, or the list of widgets of the API itself.
 * Values that are empty are left out. A Problem names the field that cannot work, and what would fit.
 */
export function fillForm(fields: FormField[], values: unknown, how: FillHow): Filled | Problem {
	const filling: Filling = { ...how, addresses: [], uploads: [] };
	const widgets = fillFields(fields, values, filling);
	if (widgets instanceof Problem) return widgets;
	return { widgets, addresses: filling.addresses, uploads: filling.uploads };
}

/** What was found out and uploaded for a form. */
export interface Found {
	/** Nothing if nobody has this address. */
	openId(address: Address): string | undefined;
	code(upload: Upload): string;
}

/** The widgets of a form with open IDs in place of addresses, and codes in place of binary fields. */
export function completeForm({ widgets, uploads }: Filled, { openId, code }: Found): Widget[] {
	const complete = (value: unknown): unknown => {
		if (Array.isArray(value)) return value.map(complete);
		if (!isObject(value)) return value;
		const upload = uploads.find((one) => one === (value as unknown));
		if (upload !== undefined) return code(upload);
		const completed = Object.fromEntries(
			Object.entries(value).map(([key, one]) => [key, complete(one)]),
		);
		if (value.type !== 'contact' || !Array.isArray(value.open_ids)) return completed;
		const ids = value.open_ids.map((id) => {
			const address = addressAmongIds(String(id));
			return address === undefined ? id : (openId(address) ?? id);
		});
		return { ...completed, open_ids: [...new Set(ids)] };
	};
	return widgets.map((widget) => complete(widget) as Widget);
}
