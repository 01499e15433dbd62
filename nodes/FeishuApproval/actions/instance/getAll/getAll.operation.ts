import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { isWanted, simplifyInstance } from '../../../../../approval/instance';
import { windowsOf } from '../../../../../approval/windows';
import { defineOperation } from '../../defineOperation';
import { enteredApprovalCode } from '../../fields/codes';
import { reworded } from '../../fields/field';
import { countOf, limit, returnAll } from '../../fields/lists';
import { checkPeriod, periodOf } from '../../fields/periods';
import { walkCodes, WINDOW_MS } from './codes';
import { checkOptions, CREATED, includeDetails, OPTIONS, simplifyDetails } from './fields';
import { collect, readAhead } from '../../parallel';
import { Progress } from './progress';
import { readOne } from './readOne';

/** So many codes are found at most before their instances are read. */
const AHEAD = 5_000;

/** Instance: Get Many: those of a definition that were created in a period (API sheet 4.3). */
export const getAll = defineOperation({
	resource: 'instance',
	operation: 'getAll',
	title: 'Get Many Instances',
	option: {
		name: 'Get Many',
		action: 'Get many approval instances',
		description: 'Read the approval instances of a definition that were created in a period',
	},
	fields: {
		approvalCode: enteredApprovalCode,
		startTime: reworded(CREATED.start, {
			required: true,
			default: '={{ $now.minus({ days: 7 }) }}',
		}),
		endTime: CREATED.end,
		returnAll,
		limit,
		includeDetails,
		simplify: simplifyDetails,
	},
	options: OPTIONS,
	check: (input) => checkPeriod(CREATED, input.startTime, input.endTime) ?? checkOptions(input),
	asksOnce: true,
	async execute(feishu, input) {
		const { approvalCode: code, options } = input;
		const most = countOf(input);
		const windows = windowsOf(periodOf(input.startTime, input.endTime), WINDOW_MS);
		const progress = new Progress(windows.length, (text) => feishu.log(text));
		const walk = { approvalCode: code, windows, isOldestFirst: options.oldestFirst ?? false };
		const codes = walkCodes(feishu, walk, progress);
		const itemOf = (json: IDataObject): INodeExecutionData => ({ json });
		if (!input.includeDetails) {
			return await collect(codes, { atOnce: 1, most }, async (instance_code) =>
				itemOf({ instance_code, approval_code: code }),
			);
		}
		const ahead = most === Infinity ? readAhead(codes, AHEAD) : codes;
		const atOnce = options.concurrency ?? 10;
		return await collect(ahead, { atOnce, most }, async (instance) => {
			const data = await readOne(feishu, instance, options);
			progress.instanceRead();
			if (!isWanted(data, options)) return undefined;
			return itemOf(input.simplify ? simplifyInstance(data) : data);
		});
	},
});
