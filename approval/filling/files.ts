import { isObject, readJson } from '../json';
import { Problem } from '../problem';
import { isEmpty, misfit, type FileType, type Fill, type Upload } from './filling';

const CODE = /^[\dA-F]{8}(-[\dA-F]{4}){3}-[\dA-F]{12}$/i;

function hint(binaries: readonly string[]): string {
	const names =
		binaries.length === 0
			? 'This item has no files.'
			: `Files of this item: ${binaries.join(', ')}.`;
	return `Enter the name of a binary field of the item, which is then uploaded, or the code that File: Upload gives. ${names}`;
}

function entriesIn(value: unknown): unknown[] {
	const read = typeof value === 'string' ? (readJson(value) ?? value.split(/[,，;\n]/)) : value;
	return (Array.isArray(read) ? (read as unknown[]) : [read]).filter((one) => !isEmpty(one));
}

const fillFiles =
	(fileType: FileType): Fill =>
	({ value }, _field, { binaries, uploads }) => {
		const files: Array<string | Upload> = [];
		for (const entry of entriesIn(value)) {
			const given = isObject(entry) ? entry.code : entry;
			const name = typeof given === 'string' ? given.trim() : '';
			if (binaries.includes(name)) {
				const upload = { binary: name, fileType };
				uploads.push(upload);
				files.push(upload);
			} else if (CODE.test(name)) files.push(name);
			else return refuse(entry, binaries);
		}
		return { value: files };
	};

function refuse(entry: unknown, binaries: readonly string[]): Problem {
	if (isObject(entry) && 'file_token' in entry) {
		return misfit(
			entry,
			'a file that forms take',
			`It is a file of a Base: download it first. ${hint(binaries)}`,
		);
	}
	if (typeof entry === 'string' && entry.includes('://')) {
		return misfit(
			entry,
			'a file that forms take',
			`Links cannot be sent: download the file first. ${hint(binaries)}`,
		);
	}
	return misfit(entry, 'the name or the code of a file', hint(binaries));
}

/** Files, by upload codes or by the names of binary fields. */
export const fillAttachments = fillFiles('attachment');
/** The same for pictures. */
export const fillPictures = fillFiles('image');
