/** Codes have 36 characters, a uuid given at creation up to 64 (API sheet 4.3). */
const LONGEST = 256;

/**
 * What makes `code` unfit to stand in a path, if anything does. A dot segment would leave the path
 * even when encoded, and half a character cannot be encoded at all.
 */
export function instanceCodeComplaint(code: string): string | undefined {
	if (/^\.{1,2}$/.test(code)) return 'it consists of dots only';
	if (code.length > LONGEST) return `it is longer than ${LONGEST} characters`;
	if (/[\p{Cc}\p{Cs}]/u.test(code)) return 'it holds characters that no code has';
	return undefined;
}
