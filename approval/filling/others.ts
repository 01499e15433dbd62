import { readInstanceCode } from '../code';
import { wordsOf } from '../inputText';
import { isObject, objectsIn, readJson } from '../json';
import { Problem } from '../problem';
import { misfit, type Fill } from './filling';

/** Country codes of two digits; those that begin with 1 or 7 have one, all others three. */
const TWO_DIGITS = /^(2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

const PHONE = 'Enter the number with "+" and its country code, for example +86 13112345678.';

/** A telephone number, parted into country code and the rest. */
export const fillTelephone: Fill = ({ value }) => {
	const read = typeof value === 'string' ? (readJson(value) ?? value) : value;
	if (isObject(read)) {
		const countryCode = read.countryCode ?? read.country_code;
		const nationalNumber = read.nationalNumber ?? read.national_number;
		if (typeof countryCode === 'string' && typeof nationalNumber === 'string') {
			return { value: { countryCode, nationalNumber } };
		}
	}
	const digits = (typeof read === 'number' ? String(value) : typeof value === 'string' ? value : '')
		.normalize('NFKC')
		.replace(/[\s().-]/g, '')
		.replace(/^00/, '+');
	if (/^1[3-9]\d{9}$/.test(digits))
		return { value: { countryCode: '+86', nationalNumber: digits } };
	if (!/^\+\d{6,15}$/.test(digits)) return misfit(value, 'a telephone number', PHONE);
	const rest = digits.slice(1);
	const length = /^[17]/.test(rest) ? 1 : TWO_DIGITS.test(rest) ? 2 : 3;
	return {
		value: { countryCode: `+${rest.slice(0, length)}`, nationalNumber: rest.slice(length) },
	};
};

/** The place in an address: the ID of a district, and what people write after it. */
export const fillAddress: Fill = ({ value }) => {
	const read = typeof value === 'string' ? readJson(value) : value;
	const place = Array.isArray(read) ? objectsIn(read)[0] : read;
	if (!isObject(place) || !['string', 'number'].includes(typeof place.id)) {
		return misfit(
			value,
			'an address in the form that the API takes',
			'Enter an object with the id of a district and detailAddress, for example {"id": "110101", "detailAddress": "1 Main Street"}. API Call with /open-apis/approval/v4/districts/search finds the ID.',
		);
	}
	const { id, detailAddress, detail } = place;
	return { value: [{ id: String(id), detailAddress: String(detailAddress ?? detail ?? '') }] };
};

const CODES = 'Enter instance codes, separated by commas.';

/** Other approvals by their codes. */
export const fillConnect: Fill = ({ value }) => {
	if (typeof value !== 'string' && !Array.isArray(value)) return misfit(value, 'a code', CODES);
	const codes: string[] = [];
	for (const word of wordsOf(value)) {
		const code = typeof word === 'string' ? readInstanceCode(word) : misfit(word, 'a code', CODES);
		if (code instanceof Problem) return code;
		codes.push(code);
	}
	return { value: [...new Set(codes)] };
};

/** The part of a document's address that names its kind, and its token. */
const IN_ADDRESS = /\/(docx|docs|doc|sheets|base|wiki|slides|mindnotes|file)\/([A-Za-z0-9_-]+)/;
const TYPES: Record<string, string> = {
	docs: 'doc',
	sheets: 'sheet',
	base: 'bitable',
	mindnotes: 'mindnote',
};

/** A document by its address or its token. */
export const fillDocument: Fill = ({ value }) => {
	const read = typeof value === 'string' ? (readJson(value) ?? value) : value;
	if (isObject(read) && typeof read.token === 'string') {
		return {
			value: { token: read.token, type: typeof read.type === 'string' ? read.type : 'docx' },
		};
	}
	const text = typeof read === 'string' ? read.trim() : '';
	const [, kind, token] = IN_ADDRESS.exec(text) ?? [];
	if (kind !== undefined) return { value: { token, type: TYPES[kind] ?? kind } };
	if (/^[A-Za-z0-9_-]{10,}$/.test(text)) return { value: { token: text, type: 'docx' } };
	return misfit(value, 'a document', 'Enter the address of the document, or its token.');
};
