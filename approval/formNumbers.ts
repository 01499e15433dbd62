import { type Entry, isName, type Widget } from './formWidget';
import { isObject } from './json';

/** A telephone as one text, else its value as it is (API sheet 5.2). */
export function telephone(value: unknown): unknown {
	if (!isObject(value)) return value;
	const country = value.country_code ?? value.countryCode ?? '';
	const national = value.national_number ?? value.nationalNumber ?? '';
	const isNumber = typeof country === 'string' && typeof national === 'string';
	return isNumber ? `${country}${national}` || value : value;
}

/** So many digits go through a number as they are. */
const SAFE_DIGITS = 15;

/** An amount that comes as text becomes a number, unless that would change it. */
function amount(value: unknown): unknown {
	if (typeof value !== 'string' || !/^\s*[+-]?\d+(\.\d*)?\s*$/.test(value)) return value;
	return value.replace(/\D/g, '').length > SAFE_DIGITS ? value : Number(value);
}

function currencyOf({ currency, option, ext }: Widget): unknown {
	if (isName(currency)) return currency;
	if (typeof ext === 'string' && /^[A-Z]{3}$/.test(ext)) return ext;
	return [option, ext].filter(isObject).find((part) => isName(part.currency))?.currency;
}

/** The entries of an amount (API sheet 5.2): `value` as a number, and its currency if it came. */
export function amountEntries(key: string, value: unknown, widget: Widget): Entry[] {
	const currency = currencyOf(widget);
	const entry: Entry = [key, amount(value)];
	return currency === undefined ? [entry] : [entry, [`${key} currency`, currency]];
}
