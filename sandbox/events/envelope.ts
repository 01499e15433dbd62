import { randomUUID } from 'node:crypto';
import type { Envelope, PlatformEvent } from './model';

/** Whose events these are; every app of the sandbox serves this one company. */
export const TENANT = '2ca1d211f64f6438';

export const newEventId = (): string => randomUUID().replaceAll('-', '');

/** What an envelope says beside the event. */
interface Sender {
	id: string;
	appId: string;
	/** The verification token; empty over the long connection. */
	token: string;
	/** When it happened, epoch ms. */
	at: number;
}

/** Puts an event into its envelope (API sheet 6.3). */
export function wrap(event: PlatformEvent, { id, appId, token, at }: Sender): Envelope {
	const { version, type, fields } = event;
	const who = { app_id: appId, tenant_key: TENANT };
	if (version === 'v2') {
		const header = { event_id: id, event_type: type, create_time: String(at), token, ...who };
		return { schema: '2.0', header, event: fields };
	}
	const ts = (at / 1000).toFixed(7);
	return { ts, uuid: id, token, type: 'event_callback', event: { ...who, type, ...fields } };
}
