import { Refusal } from './answers';
import type { App, JournalEntry } from './model';
import { INSTANCE_SCOPES, scopeRefusal } from './people';
import type { Platform } from './platform';

const DEAD_TOKEN =
	'Invalid access token for authorization. Please make a test attempt after obtaining a new token.';

/**
 * Lets an API call in, or refuses it: first the token (API sheet 2.5), then the app's state,
 * then the scopes, any one of which will do, if any is wanted (2.6). Returns the app that calls.
 */
export function admitApp(
	platform: Platform,
	entry: JournalEntry,
	scopes: readonly string[] = INSTANCE_SCOPES,
): App {
	const { token } = entry;
	if (!token) {
		throw new Refusal(
			99991661,
			'Missing access token for authorization. Please make a test ' +
				'attempt after obtaining a new token.',
		);
	}
	if (token.startsWith('u-')) throw new Refusal(99991668, 'user access token not support');
	if (!token.startsWith('t-')) {
		throw new Refusal(99991671, 'Invalid access token: it must start with t- or u-');
	}
	const app = platform.apps.get(platform.tokens.ownerOf(token) ?? '');
	if (!app || !platform.tokens.isLive(token)) throw new Refusal(99991663, DEAD_TOKEN);
	if (!app.enabled) throw new Refusal(99991662, 'app is not in use');
	if (app.deniedIp) throw new Refusal(99991401, 'ip 203.0.113.9 is denied by app setting');
	if (app.quotaUsedUp) throw new Refusal(99991403, "This month's API call quota has been exceeded");
	if (scopes.length > 0 && !scopes.some((scope) => app.scopes.includes(scope))) {
		throw scopeRefusal(app, scopes, 'action_scope_required');
	}
	return app;
}
