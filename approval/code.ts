import { Problem } from './problem';

/** Instance codes have 36 characters, a uuid given at creation up to 64 (API sheet 4.3). */
const LONGEST = 256;

/** What Feishu gives out as codes; a uuid given at creation may look otherwise. */
const CODES = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/gi;

/**
 * What makes `code` unfit to be an instance code or approval code, if anything does. A dot segment
 * would leave the path even when encoded, and half a character cannot be encoded at all.
 */
function codeComplaint(code: string): string | undefined {
	if (/^\.{1,2}$/.test(code)) return 'it consists of dots only';
	if (code.length > LONGEST) return `it is longer than ${LONGEST} characters`;
	if (code.includes('://')) return 'it is a link';
	if (/^["'`“”‘’「{]|["'`“”‘’」}]$/.test(code)) return 'it is in quotes or brackets';
	if (/[,，、;；。]$/.test(code)) return 'it ends with a punctuation mark';
	if ((code.match(CODES) ?? []).length > 1) return 'it is more than one code';
	if (/[\p{Cc}\p{Cs}]/u.test(code)) return 'it holds characters that no code has';
	return undefined;
}

const DEFINITION_CODE = /[?&#]definitionCode=([^&#]*)/i;

function readCode(text: string, example: string): string | Problem {
	const complaint = codeComplaint(text);
	if (complaint === undefined) return text;
	return new Problem(
		`cannot be right: ${complaint}`,
		`Enter one code and nothing else, for example ${example}.`,
	);
}

/** The code of an instance, or the uuid given at its creation (API sheet 4.1). */
export function readInstanceCode(text: string): string | Problem {
	return readCode(text, '81D31358-93AF-92D6-7425-01A5D67C4E71');
}

/**
 * The code of an approval definition, also out of the address of its page in the admin console
 * (API sheet 1.1).
 */
export function readApprovalCode(text: string): string | Problem {
	const example = '7C468A54-8745-2245-9675-08B7C63E7A85';
	const inAddress = DEFINITION_CODE.exec(text)?.[1];
	if (inAddress !== undefined) {
		return readCode(decode(inAddress).trim(), example);
	}
	if (!text.includes('://')) return readCode(text, example);
	return new Problem(
		'is a link without a definition code',
		`Open the definition in the Feishu approval admin console and copy the address of that page: it holds definitionCode=. Or enter the code alone, for example ${example}.`,
	);
}

/** Percent signs that stand for nothing stay as they are. */
function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
