import { simplifyDefinition } from '../../../../approval/definition';
import { callOf, ENDPOINTS } from '../../../../feishu/endpoints';
import { defineOperation } from '../defineOperation';
import { enteredApprovalCode } from '../fields/codes';
import { optional } from '../fields/field';
import { locale, simplify, switchField } from '../fields/simple';

/** Definition: Get: reads what an approval asks for, and who decides it (API sheet 4.5). */
export const get = defineOperation({
	resource: 'definition',
	operation: 'get',
	title: 'Get Definition',
	option: {
		name: 'Get',
		action: 'Get approval definition',
		description: 'Read a definition: the fields of its form with their choices, and its nodes',
	},
	fields: {
		approvalCode: enteredApprovalCode,
		simplify,
	},
	options: {
		locale: optional(locale),
		withAdminIds: optional(
			switchField({
				displayName: 'With Administrators',
				description: 'Whether to return the IDs of its administrators, with Simplify off',
			}),
		),
		withOptions: optional(
			switchField({
				displayName: 'With External Choices',
				description:
					'Whether to return choices that come from outside the form, such as leave types',
			}),
		),
	},
	concurrency: () => 10,
	async execute(feishu, { approvalCode: code, simplify: isSimplified, options }) {
		const qs = {
			locale: options.locale,
			with_admin_id: options.withAdminIds,
			with_option: options.withOptions,
		};
		const data = await feishu.read(
			callOf(ENDPOINTS.getDefinition, { path: { approval_code: code }, qs }),
		);
		return isSimplified ? simplifyDefinition(code, data) : data;
	},
});
