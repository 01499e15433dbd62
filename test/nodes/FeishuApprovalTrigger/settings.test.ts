import type { IDataObject, INode } from 'n8n-workflow';

import { settingsOf } from '../../../nodes/FeishuApprovalTrigger/settings';

/** What a node of these parameters is set to. */
function settings(filters: IDataObject) {
	const parameters: IDataObject = { events: ['instanceStatusChanged'], filters };
	return settingsOf({
		getNode: () => ({ name: 'Feishu Approval Trigger' }) as INode,
		getNodeParameter: (name) => parameters[name],
	});
}

describe('the statuses of the filter', () => {
	it.each([
		['none', undefined, []],
		['a list', ['APPROVED', 'REJECTED'], ['APPROVED', 'REJECTED']],
		['the text of an expression', 'approved, REJECTED', ['APPROVED', 'REJECTED']],
		['nothing', '', []],
	])('are taken from %s', (_, statuses, expected) => {
		expect(settings({ statuses }).filter.statuses).toEqual(expected);
	});

	it.each([['FINISHED'], [['APPROVED', 'FINISHED']], [7]])(
		'are refused where Feishu knows no such status: %j',
		(statuses) => {
			expect(() => settings({ statuses } as IDataObject)).toThrow(
				/Statuses holds "(FINISHED|7)". Choose from APPROVED, /,
			);
		},
	);
});
