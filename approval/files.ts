import type { IDataObject } from 'n8n-workflow';

import { decodeLink, fileEntries } from './formFiles';
import { isObject, objectsIn, readJson } from './json';

/** Where the files of an instance may stand. */
export const FILE_PLACES = ['form', 'comments', 'timeline'] as const;

export type FilePlace = (typeof FILE_PLACES)[number];

/** A file of an instance. */
export interface FileLink {
	url: string;
	/** As in Feishu, and no two of an instance alike. */
	name: string;
	/** The form field that holds it; null for files of comments and of the timeline. */
	field: string | null;
	from: FilePlace;
}

interface Found extends Omit<FileLink, 'name'> {
	name?: unknown;
	isPicture: boolean;
}

const FILE_FIELD = /^(attachment|image)/;

/** No form of Feishu goes deeper than rows of a table in a group; what does is not read. */
const DEEPEST = 50;

/** The files in a list of form fields, tables and groups among them. */
function inWidgets(widgets: unknown, depth = 0): Found[] {
	if (!Array.isArray(widgets) || depth > DEEPEST) return [];
	return widgets.flatMap((widget: unknown): Found[] => {
		// A table is a list of rows.
		if (Array.isArray(widget)) return inWidgets(widget, depth + 1);
		if (!isObject(widget)) return [];
		const { type, value, name, custom_id: customId, id } = widget;
		if (typeof type !== 'string' || !FILE_FIELD.test(type)) return inWidgets(value, depth + 1);
		const [[, links], [, names] = []] = fileEntries('file', widget);
		const field = [customId, name, id].find((one) => typeof one === 'string' && one !== '');
		return (Array.isArray(links) ? (links as unknown[]) : []).flatMap((url, index): Found[] => {
			if (typeof url !== 'string') return [];
			const own = Array.isArray(names) ? (names[index] as unknown) : undefined;
			const isPicture = type.startsWith('image');
			return [{ url, name: own, field: String(field ?? ''), from: 'form', isPicture }];
		});
	});
}

/** The fields of a form; undefined where it cannot be read. */
function widgetsOf(form: unknown): unknown[] | undefined {
	if (form === undefined || form === null || form === '') return [];
	const widgets = readJson(form);
	return Array.isArray(widgets) ? (widgets as unknown[]) : undefined;
}

/** Whether the form of an instance is there and cannot be read, so that its files stay unknown. */
export function isFormUnreadable({ form }: IDataObject): boolean {
	return widgetsOf(form) === undefined;
}

/** The files of comments or of the timeline (API sheet 4.1). */
function inEntries(entries: unknown, from: FilePlace): Found[] {
	const files = objectsIn(entries).flatMap((entry) => objectsIn(entry.files));
	return files.flatMap(({ url, title: name, type }): Found[] => {
		if (typeof url !== 'string') return [];
		return [{ url: decodeLink(url), name, field: null, from, isPicture: type === 'image' }];
	});
}

/** A file's name in its link, if that has one with an ending. */
function nameInLink(url: string): string {
	const path = URL.canParse(url) ? new URL(url).pathname : '';
	const last = path.split('/').at(-1) ?? '';
	try {
		return /\.\w{1,8}$/.test(last) ? decodeURIComponent(last) : '';
	} catch {
		return last;
	}
}

/** What stands after the last slash, without characters that no file name has. */
function clean(name: unknown): string {
	if (typeof name !== 'string') return '';
	const last = name.split(/[/\\]/).at(-1) ?? '';
	const plain = last.replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '').trim();
	// Half of a character at the cut is left out.
	return /^\.*$/.test(plain) ? '' : plain.slice(-200).replace(/^[\udc00-\udfff]/, '');
}

/** "a.pdf" as "a (2).pdf". */
function numbered(name: string, number: number): string {
	const dot = name.lastIndexOf('.');
	const end = dot > 0 ? dot : name.length;
	return `${name.slice(0, end)} (${number})${name.slice(end)}`;
}

/**
 * The files of an instance (API sheet 4.1, 5.4): named as Feishu names them, else as their link does,
 * else by kind and number; names that come again are numbered.
 */
export function filesOf(instance: IDataObject, places: readonly FilePlace[]): FileLink[] {
	const found: Found[] = [
		...(places.includes('form') ? inWidgets(widgetsOf(instance.form)) : []),
		...(places.includes('comments') ? inEntries(instance.comment_list, 'comments') : []),
		...(places.includes('timeline') ? inEntries(instance.timeline, 'timeline') : []),
	];
	const taken = new Set<string>();
	return found.map(({ url, name, field, from, isPicture }, index) => {
		const kind = `${isPicture ? 'picture' : 'attachment'} ${index + 1}`;
		const plain = clean(name) || clean(nameInLink(url)) || kind;
		let own = plain;
		for (let number = 2; taken.has(own.toLowerCase()); number++) own = numbered(plain, number);
		taken.add(own.toLowerCase());
		return { url, name: own, field, from };
	});
}
