import {
	CC_SAMPLE_INSTANCE,
	EXPENSE_INSTANCE,
	FIXTURE_USERS,
	LEAVE_INSTANCE,
	SAMPLE_INSTANCE,
	type Sandbox,
} from './index';

/** What a sandbox begins with, in lines for a terminal: definitions, approvals and people. */
export function directory({ definitions }: Sandbox): string[] {
	const instances = [SAMPLE_INSTANCE, CC_SAMPLE_INSTANCE, EXPENSE_INSTANCE, LEAVE_INSTANCE].map(
		({ instance_code, approval_code, status = SAMPLE_INSTANCE.status }) =>
			`  ${instance_code}  (definition ${approval_code}, ${status})`,
	);
	const users = FIXTURE_USERS.map(
		({ open_id, union_id, user_id, email = '', mobile = '' }) =>
			`  ${open_id}  ${union_id}  ${user_id}  ${email}  ${mobile}`,
	);
	return [
		'Approval definitions (approval codes):',
		...[...definitions.values()].map(
			({ approval_code, approval_name }) => `  ${approval_code}  ${String(approval_name)}`,
		),
		'',
		'Approval instances (instance codes):',
		...instances,
		'',
		'Users (open_id, union_id, user_id, email address, mobile number):',
		...users,
	];
}
