import type { Failure } from './answer';

/** No connection came about, whatever else happened. */
const NOT_OPENED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EADDRNOTAVAIL']);
/** No connection came about if it was to be opened; an open one can end with these, too. */
const NOT_OPENED_AT_CONNECT = new Set(['EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT']);
const TIMED_OUT = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT']);
const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)/;
const NOT_SECURE = /^(EPROTO|ERR_SSL|ERR_TLS)/;

/** An answer did not come, or dripped for longer than anybody waits. */
export const UNANSWERED: Failure = {
	ok: false,
	carriedOut: 'uncertain',
	transient: true,
	message: 'Feishu did not answer in time',
	hint: 'Run the workflow again in a few minutes; if it stays, check proxy and firewall of your n8n.',
};

/** The error and what caused it, outermost first; n8n wraps the HTTP client's error once or twice. */
export function causesOf(error: unknown): Error[] {
	const chain: Error[] = [];
	let current = error;
	while (current instanceof Error && chain.length < 8) {
		chain.push(current);
		current = current.cause;
	}
	return chain;
}

/**
 * The network's own word for what went wrong. The HTTP client's error says it in `code`; n8n 1.x
 * keeps it as the `httpCode` of its own error and drops the client's.
 */
function reasonOf(chain: Error[]): string | undefined {
	const client = chain.find((cause) => 'isAxiosError' in cause);
	const words = chain.map((cause) => {
		if (client === undefined) return 'httpCode' in cause ? cause.httpCode : undefined;
		return 'code' in cause ? cause.code : undefined;
	});
	const reason = words.findLast(
		(word) => typeof word === 'string' && /^[A-Z][A-Z0-9_]+$/.test(word),
	);
	return typeof reason === 'string' ? reason : client && 'ERR_NETWORK';
}

/** Whether the system itself says that it was opening the connection. */
function failedToConnect(chain: Error[]): boolean {
	return chain.some((cause) => 'syscall' in cause && cause.syscall === 'connect');
}

/**
 * Reads an error that came instead of an answer. The call is known not to have been carried out
 * where the connection could not be opened, and where it never left n8n.
 */
export function readNetworkFailure(error: unknown): Failure {
	const chain = causesOf(error);
	const reason = reasonOf(chain);
	if (reason === undefined) {
		const message = (chain[1] ?? chain[0])?.message ?? String(error);
		return { ok: false, carriedOut: 'no', transient: false, message };
	}

	if (NOT_OPENED.has(reason) || (NOT_OPENED_AT_CONNECT.has(reason) && failedToConnect(chain))) {
		return {
			ok: false,
			reason,
			carriedOut: 'no',
			transient: true,
			message: 'Feishu could not be reached',
			hint: 'Check that your n8n can reach the platform: Platform or Base URL in the credential, proxy and firewall.',
		};
	}
	if (UNTRUSTED.test(reason)) {
		return {
			ok: false,
			reason,
			carriedOut: 'no',
			transient: false,
			message: "The server's certificate is not trusted",
			hint: `Use an address with a valid certificate as Base URL in the credential, or make your company's certificate authority known to n8n (environment variable NODE_EXTRA_CA_CERTS).`,
		};
	}
	if (NOT_SECURE.test(reason)) {
		return {
			...UNANSWERED,
			reason,
			message: 'No secure connection could be made',
			hint: 'Check that Base URL in the credential begins with "https://" only if the server there speaks HTTPS, and check proxy and firewall of your n8n.',
		};
	}
	if (TIMED_OUT.has(reason)) return { ...UNANSWERED, reason };
	return {
		...UNANSWERED,
		reason,
		message: 'The connection broke before the answer was complete',
	};
}
