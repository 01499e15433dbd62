import type * as Endpoints from '../../feishu/endpoints';
import type * as Timeouts from '../../feishu/timeouts';
import { limitsOf, type Limits } from './limits';

/**
 * The built package's limits and waiting times, for tests to change: n8n's engine loads the same
 * objects. After each test they are as they were.
 */
export function tunable(): { LIMITS: Limits } & Pick<typeof Timeouts, 'TIMEOUTS'> {
	const { ENDPOINTS } = jest.requireActual<typeof Endpoints>('../../dist/feishu/endpoints');
	const { TIMEOUTS } = jest.requireActual<typeof Timeouts>('../../dist/feishu/timeouts');
	const LIMITS = limitsOf(ENDPOINTS);
	const limits = { ...LIMITS };
	const timeouts = { ...TIMEOUTS };
	afterEach(() => {
		Object.assign(LIMITS, limits);
		Object.assign(TIMEOUTS, timeouts);
	});
	return { LIMITS, TIMEOUTS };
}
