/** Instance codes have 36 characters, a uuid given at creation up to 64 (API sheet 4.3). */
const LONGEST = 256;

/** What Feishu gives out as codes; a uuid given at creation may look otherwise. */
const CODES = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/gi;

/**
 * What makes `code` unfit to be an instance code or approval code, if anything does. A dot segment would leave the path even when
 * encoded, and half a character cannot be encoded at all.
 */
export function codeComplaint(code: string): string | undefined {
	if (/^\.{1,2}$/.test(code)) return 'it consists of dots only';
	if (code.length > LONGEST) return `it is longer than ${LONGEST} characters`;
	if (code.includes('://')) return 'it is a link';
	if (/^["'`“”‘’「{]|["'`“”‘’」}]$/.test(code)) return 'it stands in quotes or brackets';
	if (/[,，、;；。]$/.test(code)) return 'it ends with a punctuation mark';
	if ((code.match(CODES) ?? []).length > 1) return 'it is more than one code';
	if (/[\p{Cc}\p{Cs}]/u.test(code)) return 'it holds characters that no code has';
	return undefined;
}
