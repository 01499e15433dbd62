import type { IDataObject } from 'n8n-workflow';

import type { FormField } from '../definition';
import type { Widget } from '../formWidget';
import { isObject, readJson } from '../json';
import { Problem } from '../problem';
import { momentOf } from './dates';
import { misfit, type Fill, type Filling } from './filling';
import { labelOf } from './names';
import { partsOf } from './parts';

/** Fills in the fields of a form, of a row or of a group. */
type FillFields = (fields: FormField[], values: unknown, filling: Filling) => Widget[] | Problem;

/** The rows of a table: objects by the names of its columns, or lists of widgets. */
const fillRows =
	(fillFields: FillFields): Fill =>
	({ value }, field, filling) => {
		const read = typeof value === 'string' ? readJson(value) : value;
		const hint = 'Enter a list of rows, each an object by the names of the columns.';
		if (!Array.isArray(read) && !isObject(read)) return misfit(value, 'a list of rows', hint);
		const rows = Array.isArray(read) ? (read as unknown[]) : [read];
		const filled: Widget[][] = [];
		for (const [index, row] of rows.entries()) {
			const widgets =
				field.children.length === 0
					? new Problem(
							'has columns that its definition does not tell',
							'Fill in this field in Feishu.',
						)
					: fillFields(field.children, row, filling);
			if (widgets instanceof Problem)
				return new Problem(`row ${index + 1}: ${widgets.message}`, widgets.hint);
			filled.push(widgets);
		}
		return { value: filled };
	};

/** Leave, overtime and out of office: an object of their parts. */
const fillGroup =
	(fillFields: FillFields): Fill =>
	({ value }, field, filling) => {
		const read = typeof value === 'string' ? readJson(value) : value;
		const hint = `Enter an object of its parts: ${partsOf(field).map(labelOf).join(', ')}.`;
		if (!Array.isArray(read) && !isObject(read)) return misfit(value, 'a group of values', hint);
		const widgets = fillFields(partsOf(field), asGiven(field, read), filling);
		if (widgets instanceof Problem) return new Problem(`part ${widgets.message}`, widgets.hint);
		const type = widgets.find(({ id }) => id === 'widgetLeaveGroupType');
		if (type !== undefined && !/^\d{1,19}$/.test(String(type.value))) {
			return misfit(
				type.value,
				'a type of leave',
				'Enter the ID of the leave type, a long number: Definition: Get with With External Choices lists them.',
			);
		}
		return { value: widgets };
	};

/** One period of overtime need not be written as a list; Get Instance calls a type `name`. */
function asGiven({ type }: FormField, value: unknown): unknown {
	if (!isObject(value)) return value;
	const { name, ...rest } = value;
	const named: IDataObject = name === undefined ? rest : { type: name, ...rest };
	if (type !== 'workGroup' || named.start === undefined) return named;
	const { start, end, ...others } = named;
	return { ...others, time: [{ start, end }] };
}

/** A change of shifts: two times and a reason. */
const fillShift: Fill = ({ value }, _field, { zone }) => {
	const read = typeof value === 'string' ? readJson(value) : value;
	const hint = 'Enter an object with shiftTime, returnTime and reason.';
	if (!isObject(read)) return misfit(value, 'a change of shifts', hint);
	const content: Record<string, unknown> = {};
	for (const name of ['shiftTime', 'returnTime']) {
		const moment = momentOf(read[name], zone);
		if (moment instanceof Problem) return new Problem(`has a ${name} that ${moment.message}`, hint);
		content[name] = moment;
	}
	return { value: { ...content, reason: String(read.reason ?? '') } };
};

/** The kinds of fields that hold fields themselves. */
export function nestedKinds(fillFields: FillFields): Record<string, Fill> {
	const group = fillGroup(fillFields);
	return {
		fieldList: fillRows(fillFields),
		leaveGroupV2: group,
		outGroup: group,
		shiftGroup: fillShift,
		workGroup: group,
	};
}
