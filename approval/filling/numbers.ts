import { isObject } from '../json';
import { isName } from '../formWidget';
import { Problem } from '../problem';
import { isEmpty, misfit, shown, type Entered, type Fill } from './filling';
import type { FormField } from '../definition';

const HINT = 'Enter a number such as 1234.5.';
/** So many digits go through a number as they are. */
const SAFE_DIGITS = 15;

/** Points and commas in a number, as people in most countries write them; nothing if it is none. */
function plainNumber(text: string): string | undefined {
	const compact = text.normalize('NFKC').replace(/[\s'_]/g, '');
	const [, sign, digits] = /^([+-]?)(\d[\d.,]*|[.,]\d+)$/.exec(compact) ?? [];
	if (digits === undefined) return undefined;
	const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
	const mark = digits[last];
	const other = mark === ',' ? '.' : ',';
	const count = digits.split(mark ?? '.').length - 1;
	const isGroups = (part: string, by: string) =>
		new RegExp(`^\\d{1,3}(\\${by}\\d{3})*$`).test(part);
	if (digits.includes(',') && digits.includes('.')) {
		const [whole, fraction] = [digits.slice(0, last), digits.slice(last + 1)];
		if (!isGroups(whole, other) || !/^\d+$/.test(fraction)) return undefined;
		return `${sign}${whole.replaceAll(other, '')}.${fraction}`;
	}
	if (count > 1)
		return isGroups(digits, mark) ? `${sign}${digits.replaceAll(mark, '')}` : undefined;
	// One comma before three digits may mean thousands, or a fraction.
	if (mark === ',' && isGroups(digits, ',')) return undefined;
	return `${sign}${digits.replace(',', '.')}`;
}

/** A number, or a text that is one. One with more digits than a number can keep stays text. */
export function numberOf(value: unknown): number | string | Problem {
	if (typeof value === 'number' && Number.isFinite(value)) return value;
	if (typeof value !== 'string') return misfit(value, 'a number', HINT);
	const plain = plainNumber(value);
	if (plain === undefined) {
		const isTwofold = /^\s*[+-]?\d{1,3},\d{3}\s*$/.test(value);
		const hint = 'A comma may part thousands or begin a fraction: write 1200 or 1.2 instead.';
		return misfit(value, 'clearly one number', isTwofold ? hint : HINT);
	}
	const digits = plain.replace(/^[+-]?0*|\./g, '').length;
	return digits > SAFE_DIGITS ? plain.replace('+', '') : Number(plain);
}

/** A number. */
export const fillNumber: Fill = ({ value }) => {
	const number = numberOf(value);
	return number instanceof Problem ? number : { value: number };
};

/** The currencies that a field takes, and the one it begins with (API sheet 11.18). */
function currenciesOf({ raw }: FormField): { range: string[]; usual: string | undefined } {
	const { option, value } = raw;
	const entries =
		isObject(option) && Array.isArray(option.currencyRange) ? option.currencyRange : [];
	const range = (entries as unknown[]).filter((one): one is string => typeof one === 'string');
	const usual = typeof value === 'string' && /^[A-Z]{3}$/.test(value) ? value : undefined;
	return { range, usual: usual ?? (range.length === 1 ? range[0] : undefined) };
}

const WITH_CURRENCY =
	/^\s*(?:([A-Za-z]{3})[\s|]*([^A-Za-z]+)|([^A-Za-z|]+)[\s|]*([A-Za-z]{3}))\s*$/;

/** The amount and the currency in what was entered: "1,234.50 CNY", an object, or two fields. */
function parts({ value, currency }: Entered): { amount: unknown; currency: unknown } {
	if (isObject(value))
		return { amount: value.value ?? value.amount, currency: value.currency ?? currency };
	const found = typeof value === 'string' ? WITH_CURRENCY.exec(value) : null;
	if (found === null) return { amount: value, currency };
	return { amount: found[2] ?? found[3], currency: found[1] ?? found[4] };
}

/** An amount of money and its currency; the definition's own where none was entered. */
export const fillAmount: Fill = (entered, field) => {
	const given = parts(entered);
	const { range, usual } = currenciesOf(field);
	const amount = numberOf(given.amount);
	if (amount instanceof Problem) return amount;
	if (isEmpty(given.currency))
		return usual === undefined ? { value: amount } : { value: amount, currency: usual };
	const currency = isName(given.currency) ? String(given.currency).trim().toUpperCase() : '';
	if (/^[A-Z]{3}$/.test(currency) && (range.length === 0 || range.includes(currency))) {
		return { value: amount, currency };
	}
	const known = range.length === 0 ? 'a code such as CNY' : `one of ${range.join(', ')}`;
	return new Problem(
		`has the currency ${shown(given.currency)}, which it does not take`,
		`Enter ${known} after the amount, for example 100.50 ${range[0] ?? 'CNY'}.`,
	);
};
