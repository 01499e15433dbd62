/** How a person can be named besides by ID: Feishu looks both up (API sheet 7.2). */
export interface Address {
	kind: 'email' | 'mobile';
	/** As it is sent, and the same for all ways of writing it. */
	value: string;
}

const EMAIL = /^[\p{L}\p{N}.!#%&'*+=?^_{}~-]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u;
const MOBILE = /^\+?\d{5,20}$/;
/** Written between the digits of a number for readers only. */
const BETWEEN_DIGITS = /[\s().-]/g;

/** The email address or mobile number that `text` is; nothing if it is neither. */
export function readAddress(text: string): Address | undefined {
	if (EMAIL.test(text)) return { kind: 'email', value: text.toLowerCase() };
	const digits = text.replace(BETWEEN_DIGITS, '');
	return MOBILE.test(digits) ? { kind: 'mobile', value: digits } : undefined;
}

/**
 * The same for a field that takes IDs as well: IDs may consist of digits, so a mobile number has to
 * begin with "+" there.
 */
export function addressAmongIds(text: string): Address | undefined {
	const address = readAddress(text);
	return address?.kind === 'mobile' && !text.startsWith('+') ? undefined : address;
}
