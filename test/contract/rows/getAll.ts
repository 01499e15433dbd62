import type { Row, Variant } from '../row';
import { CODE, LISTS, LOCALE, REQUIRED_TIME, STATUSES, SWITCH, TIME } from './badInput';
import { HOUR, INSTANCES, isoOf, recent, UNKNOWN_APPROVAL } from './recent';
import { get } from './wires';

const getAllVariants: Variant[] = [
	{
		title: 'with details',
		endpoint: 'listInstances',
		afterLoss: 'repeats',
		isList: true,
		make(sandbox) {
			const end_time = String(Date.now() - HOUR / 2);
			const one = recent(sandbox, { status: 'APPROVED', end_time });
			const { approval_code, start, end, iso } = one;
			const { instance_code } = one.instance;
			const query = {
				approval_code,
				start_time: String(start),
				end_time: String(end),
				page_size: '100',
			};
			const reading = { locale: 'en-US', nested_mutable_group: true } as const;
			return {
				sample: {
					approvalCode: approval_code,
					startTime: iso[0],
					endTime: iso[1],
					returnAll: false,
					limit: 1,
					includeDetails: true,
					simplify: false,
					options: {
						concurrency: 3,
						endedAfter: iso[0],
						endedBefore: isoOf(Date.now())[0],
						locale: 'en-US',
						nestedMutableGroup: true,
						oldestFirst: true,
						status: 'approved, PENDING',
					},
				},
				requests: [
					get(INSTANCES, query),
					get(`${INSTANCES}/${instance_code}`, { ...reading, nested_mutable_group: 'true' }),
				],
				sdk: async ({ approval: { v4 } }) => {
					await v4.instance.list({ params: { ...query, page_size: 100 } });
					await v4.instance.get({ path: { instance_id: instance_code }, params: reading });
				},
			};
		},
		refusal: UNKNOWN_APPROVAL,
	},
	{
		title: 'codes of several windows',
		endpoint: 'listInstances',
		afterLoss: 'repeats',
		isList: true,
		make(sandbox) {
			const { approval_code, end } = recent(sandbox);
			const start = end - 12 * HOUR;
			const seam = end - 10 * HOUR;
			const of = (from: number, to: number) => ({
				approval_code,
				start_time: String(from),
				end_time: String(to),
				page_size: '100',
			});
			const windows = [of(seam, end), of(start, seam + 1)];
			return {
				sample: {
					approvalCode: approval_code,
					startTime: String(start),
					endTime: String(end),
					returnAll: true,
					includeDetails: false,
				},
				requests: windows.map((query) => get(INSTANCES, query)),
				sdk: async ({ approval: { v4 } }) => {
					for (const query of windows) {
						await v4.instance.list({ params: { ...query, page_size: 100 } });
					}
				},
			};
		},
		refusal: UNKNOWN_APPROVAL,
	},
];

export const getAllInstances: Row = {
	resource: 'instance',
	operation: 'getAll',
	variants: getAllVariants,
	badInput: {
		approvalCode: CODE,
		startTime: REQUIRED_TIME,
		endTime: TIME,
		...LISTS,
		includeDetails: SWITCH,
		concurrency: { values: [0, -1, 2.5, 'many', null], message: /^is not a whole number/ },
		endedAfter: REQUIRED_TIME,
		endedBefore: REQUIRED_TIME,
		locale: LOCALE,
		nestedMutableGroup: SWITCH,
		oldestFirst: SWITCH,
		status: STATUSES,
	},
	words: /created in a period|many approval instances/,
};
