import type * as Endpoints from '../../feishu/endpoints';
import type * as Timeouts from '../../feishu/timeouts';

/**
 * The built package's limits and waiting times, for tests to change: n8n's engine loads the same
 * objects. After each test they are as they were.
 */
export function tunable(): Pick<typeof Endpoints, 'LIMITS'> & Pick<typeof Timeouts, 'TIMEOUTS'> {
	const { LIMITS } = jest.requireActual<typeof Endpoints>('../../dist/feishu/endpoints');
	const { TIMEOUTS } = jest.requireActual<typeof Timeouts>('../../dist/feishu/timeouts');
	const limits = { ...LIMITS };
	const timeouts = { ...TIMEOUTS };
	afterEach(() => {
		Object.assign(LIMITS, limits);
		Object.assign(TIMEOUTS, timeouts);
	});
	return { LIMITS, TIMEOUTS };
}
