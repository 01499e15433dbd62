import { randomBytes } from 'node:crypto';

/** An HTTP answer before it is sent. */
export interface Answer {
	status: number;
	headers: Record<string, string>;
	body: string;
}

/** Details of a refusal that end up in the answer's `error` object, status and headers. */
export interface RefusalDetails {
	/** HTTP status; default 400. */
	status?: number;
	error?: Record<string, unknown>;
	headers?: Record<string, string>;
}

/** The platform says no: thrown by the checks, turned into an answer by {@link refusal}. */
export class Refusal extends Error {
	constructor(
		readonly code: number,
		readonly msg: string,
		readonly details: RefusalDetails = {},
	) {
		super(`${code} ${msg}`);
	}
}

/** A log id as in header `x-tt-logid`: date and time in digits, then random hex. */
export function newLogId(): string {
	const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
	return time + randomBytes(9).toString('hex').toUpperCase();
}

/** A JSON answer with the headers that every answer of the platform carries (API sheet 1.4). */
export function jsonAnswer(status: number, body: object, logId = newLogId()): Answer {
	return {
		status,
		headers: { 'content-type': 'application/json; charset=utf-8', 'x-tt-logid': logId },
		body: JSON.stringify(body),
	};
}

/** Success envelope: `{"code":0,"msg":"success","data":{...}}` (API sheet 1.3). */
export function success(data: object): Answer {
	return jsonAnswer(200, { code: 0, msg: 'success', data });
}

/**
 * Failure envelope with `error.log_id` and `error.troubleshooter` (API sheet 1.3), or the old
 * shape without `error` if `bare`.
 */
export function refusal({ code, msg, details }: Refusal, bare = false): Answer {
	const logId = newLogId();
	const troubleshooter = `https://open.feishu.cn/search?from=openapi&log_id=${logId}&code=${code}`;
	const body = bare
		? { code, msg, data: {} }
		: { code, msg, error: { message: msg, log_id: logId, troubleshooter, ...details.error } };
	const answer = jsonAnswer(details.status ?? 400, body, logId);
	return { ...answer, headers: { ...answer.headers, ...details.headers } };
}

/** 99992402 with `error.field_violations`: a parameter is missing or of the wrong type. */
export function fieldViolation(field: string, value: unknown, description: string): Refusal {
	const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
	return new Refusal(99992402, 'field validation failed', {
		error: { field_violations: [{ field, value: text, description }] },
	});
}
