import type * as Endpoints from '../../nodes/FeishuApproval/transport/endpoints';

/**
 * The built package's limits and waiting times, for tests to change: n8n's engine loads the same
 * objects. After each test they are as they were.
 */
export function tunable(): Pick<typeof Endpoints, 'LIMITS' | 'PATIENCE'> {
	const { LIMITS, PATIENCE } = jest.requireActual<typeof Endpoints>(
		'../../dist/nodes/FeishuApproval/transport/endpoints',
	);
	const limits = { ...LIMITS };
	const patience = { ...PATIENCE };
	afterEach(() => {
		Object.assign(LIMITS, limits);
		Object.assign(PATIENCE, patience);
	});
	return { LIMITS, PATIENCE };
}
