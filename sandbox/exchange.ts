import { jsonAnswer, Refusal } from './answers';
import type { Answer } from './answers';
import type { JournalEntry } from './model';
import type { Platform } from './platform';

/**
 * `POST /open-apis/auth/v3/tenant_access_token/internal` (API sheet 2.1, 2.4): no `data`
 * wrapper, and every failure is HTTP 200 with a non-zero code.
 */
export function exchangeToken(platform: Platform, entry: JournalEntry): Answer {
	const { app_id: id, app_secret: secret } = fieldsOf(entry.body);
	if (!isFilled(id) || !id.startsWith('cli_') || !isFilled(secret)) {
		throw failure(10003, 'invalid param');
	}
	const app = platform.apps.get(id);
	if (!app) throw failure(10014, 'app id not exists');
	if (secret !== app.app_secret) throw failure(app.wrongSecretCode, 'app secret invalid');
	if (!app.enabled) throw failure(10014, 'app unauthorized');
	return jsonAnswer(200, { code: 0, msg: 'ok', ...platform.tokens.exchange(id) });
}

function fieldsOf(body: unknown): Record<string, unknown> {
	return typeof body === 'object' && body !== null ? { ...body } : {};
}

function isFilled(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}

function failure(code: number, msg: string): Refusal {
	return new Refusal(code, msg, { status: 200 });
}
