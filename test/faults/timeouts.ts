/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { createRequire } from 'node:module';

import type * as Endpoints from '../../feishu/endpoints';
import type * as TimeoutsModule from '../../feishu/timeouts';
import { limitsOf } from '../engine/limits';

const built = createRequire(__filename);

/** How long the built package waits (ms); n8n's engine loads the same object. */
const { ENDPOINTS } = built('../../dist/feishu/endpoints') as typeof Endpoints;
export const LIMITS = limitsOf(ENDPOINTS);
export const { TIMEOUTS } = built('../../dist/feishu/timeouts') as typeof TimeoutsModule;

export type Timeouts = typeof TIMEOUTS;

const DEFAULTS = { ...TIMEOUTS };

/** Everything as in production but the pauses, which are of no interest here. */
const SHORT_PAUSES: Partial<Timeouts> = { pauseMs: 5, settleMs: 20, lateMs: 20 };

/** Sets the timeouts of the package for what is run next. */
export function setTimeouts(timeouts: Partial<Timeouts> = {}): void {
	const { answerMs, uploadMs = answerMs ?? DEFAULTS.uploadMs } = timeouts;
	Object.assign(TIMEOUTS, DEFAULTS, SHORT_PAUSES, timeouts, { uploadMs });
}
