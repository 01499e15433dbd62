/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { createRequire } from 'node:module';

import type * as Endpoints from '../../nodes/FeishuApproval/transport/endpoints';

const built = createRequire(__filename)(
	'../../dist/nodes/FeishuApproval/transport/endpoints',
) as typeof Endpoints;

/** How long the built package waits (ms); n8n's engine loads the same object. */
export const { LIMITS, PATIENCE } = built;

export type Patience = typeof PATIENCE;

const USUAL = { ...PATIENCE };

/** Everything as in production but the pauses, which are of no interest here. */
const BRISK: Partial<Patience> = { pauseMs: 5, settleMs: 20, lateMs: 20 };

/** Sets the patience of the package for what is run next. */
export function setPatience(patience: Partial<Patience> = {}): void {
	Object.assign(PATIENCE, USUAL, BRISK, patience);
}
