import { APPROVAL_CODES } from './approvalCodes';
import type { Explanation } from './explanation';
import { PLATFORM_CODES } from './platformCodes';

/** Feishu's codes in plain English: what happened, and how to fix it. */
export const CODES: Readonly<Record<number, Explanation>> = {
	...PLATFORM_CODES,
	...APPROVAL_CODES,
};
