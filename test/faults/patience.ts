/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { createRequire } from 'node:module';

import type * as Endpoints from '../../feishu/endpoints';
import type * as Timeouts from '../../feishu/timeouts';
import { limitsOf } from '../engine/limits';

const built = createRequire(__filename);

/** How long the built package waits (ms); n8n's engine loads the same object. */
const { ENDPOINTS } = built('../../dist/feishu/endpoints') as typeof Endpoints;
export const LIMITS = limitsOf(ENDPOINTS);
export const { TIMEOUTS } = built('../../dist/feishu/timeouts') as typeof Timeouts;

export type Patience = typeof TIMEOUTS;

const USUAL = { ...TIMEOUTS };

/** Everything as in production but the pauses, which are of no interest here. */
const BRISK: Partial<Patience> = { pauseMs: 5, settleMs: 20, lateMs: 20 };

/** Sets the patience of the package for what is run next. */
export function setPatience(patience: Partial<Patience> = {}): void {
	Object.assign(TIMEOUTS, USUAL, BRISK, patience);
}
