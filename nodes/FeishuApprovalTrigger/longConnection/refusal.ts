import type { Failure } from '../../../feishu/answer';
import { CODES } from '../../../feishu/codes/codes';

/** Why no connection came about. */
export interface Refusal {
	/** What happened and what to do, in one text: n8n keeps nothing else. */
	text: string;
	/** Time alone does not cure it. */
	isLasting: boolean;
}

const WEBHOOK = 'choose Webhook as Connection in this node';
const CONSOLE = 'in the developer console';
const CREDENTIALS = `Copy App ID and App Secret again from the developer console (Credentials & Basic Info) into the credential, and check that Platform is the cloud the app lives on.`;
const HEALS = 'The node goes on trying by itself.';

interface Meaning {
	message: string;
	/** What to do; what time cures says nothing. */
	hint?: string;
}

/** What the endpoint of the long connection refuses with (as the official SDK does it). */
const MEANINGS: Readonly<Record<number, Meaning>> = {
	1: { message: 'The platform is busy' },
	403: {
		message: 'The platform does not let this app use the long connection',
		hint: `Check ${CONSOLE} that the app is enabled, has a published version and is installed in your company; if the platform does not offer the long connection to it, ${WEBHOOK}.`,
	},
	514: { message: 'The platform does not accept App ID and App Secret', hint: CREDENTIALS },
	1000040343: { message: 'The platform could not open the long connection' },
	1000040345: { message: 'The platform does not accept App ID and App Secret', hint: CREDENTIALS },
	1000040346: { message: 'The platform does not accept the App ID', hint: CREDENTIALS },
	1000040350: {
		message:
			'The app has more long connections than the platform allows (50): other programs, or other n8n, use the same app; end those that are not needed, or make an app of its own for n8n',
	},
};

const WRONG_CLOUD = 1000040351;

function ofWrongCloud(baseUrl: string): Meaning {
	const other: Record<string, string> = {
		'https://open.feishu.cn': 'choose Lark as Platform in the credential',
		'https://open.larksuite.com': 'choose Feishu as Platform in the credential',
	};
	return {
		message: 'The app belongs to the other cloud',
		hint: `To connect where it lives, ${other[baseUrl] ?? 'correct Base URL in the credential, or choose Feishu or Lark as Platform there'}.`,
	};
}

function sentence(text: string): string {
	const begun = text.charAt(0).toUpperCase() + text.slice(1);
	return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

/** 4xx without a code: nothing at this address speaks of long connections. */
function isNotOffered({ code, httpStatus = 0 }: Failure): boolean {
	if (code === undefined) return [400, 404, 405, 410, 501].includes(httpStatus);
	return httpStatus === 404 || code === 99991201 || code === 99991301;
}

function meaningOf(failure: Failure, baseUrl: string): Meaning {
	const { code } = failure;
	if (isNotOffered(failure)) {
		return {
			message: 'The platform does not offer the long connection at this address',
			hint: `Check Platform or Base URL in the credential; if they are right, ${WEBHOOK}.`,
		};
	}
	if (code === undefined) {
		return { message: failure.message ?? 'The platform could not be asked', hint: failure.hint };
	}
	if (code === WRONG_CLOUD) return ofWrongCloud(baseUrl);
	return (
		MEANINGS[code] ??
		CODES[code] ?? {
			message: 'The platform refused the long connection',
			hint: `Check ${CONSOLE} that the app is enabled and published; if the platform does not offer the long connection to it, ${WEBHOOK}.`,
		}
	);
}

const CURED_BY_TIME = ['rate-limited', 'temporarily-unavailable'];

function isLasting(failure: Failure): boolean {
	const { code, httpStatus = 0 } = failure;
	if (isNotOffered(failure)) return true;
	if (code === undefined) return !failure.transient;
	if (code === WRONG_CLOUD) return true;
	if (code in MEANINGS) return MEANINGS[code].hint !== undefined;
	if (code in CODES) return !CURED_BY_TIME.includes(CODES[code].cause);
	return httpStatus < 500 && httpStatus !== 429;
}

/** Explains why the platform gave no address; `failure` holds no secret. */
export function readRefusal(failure: Failure, baseUrl: string): Refusal {
	const { code, msg, httpStatus, logId, reason } = failure;
	const lasting = isLasting(failure);
	const { message, hint } = meaningOf(failure, baseUrl);
	const facts = [
		code !== undefined && `code ${code}${msg === undefined ? '' : ` "${msg}"`}`,
		httpStatus !== undefined && httpStatus !== 200 && `HTTP ${httpStatus}`,
		reason,
		logId !== undefined && `log ID ${logId}`,
	].filter(Boolean);
	const sentences = [message, lasting ? hint : HEALS].filter((text) => text !== undefined);
	const text = sentences.map(sentence).join(' ');
	return { text: facts.length === 0 ? text : `${text} (${facts.join(', ')})`, isLasting: lasting };
}

/** The platform said yes, but not where. */
export function notUnderstood(): Refusal {
	return { text: `The platform gave no address to connect to. ${HEALS}`, isLasting: false };
}

/**
 * An address was given, but nothing could be opened there; why, the WebSocket does not tell.
 *
 * @param isLasting it has not helped to try again
 */
export function notOpened(isLasting: boolean): Refusal {
	const sentences = [
		'The platform gave an address for the long connection, but it could not be opened there.',
		'If your n8n reaches the internet through a proxy (HTTP_PROXY, HTTPS_PROXY), the long connection uses it only with NODE_USE_ENV_PROXY=1 in the environment of n8n.',
		'If your company has a certificate authority of its own, name its file in NODE_EXTRA_CA_CERTS.',
		'A firewall must let WebSockets through.',
		HEALS,
		`If none of this helps, ${WEBHOOK}.`,
	];
	return { text: sentences.join(' '), isLasting };
}

/** Node below 22 has no WebSocket of its own. */
export function noWebSocket(): Refusal {
	const text = `The long connection needs Node.js 22 or newer, and this n8n runs on an older one. Update Node.js (or n8n's container image), or ${WEBHOOK}.`;
	return { text, isLasting: true };
}
