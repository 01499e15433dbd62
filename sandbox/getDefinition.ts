import { admitApp } from './access';
import { Refusal, success } from './answers';
import type { Answer } from './answers';
import { DEFINITION_FORM, DEFINITION_NODES } from './definitions';
import { LOCALES } from './getInstance';
import type { JournalEntry } from './model';
import { readUserIdType } from './people';
import type { Platform } from './platform';

const SCOPES = ['approval:approval', 'approval:approval:readonly', 'approval:definition'];

/**
 * `GET /open-apis/approval/v4/approvals/:approval_code` (API sheet 4.5): every definition has the
 * same form with a field of each kind, unless the sandbox was told another.
 */
export function getDefinition(platform: Platform, entry: JournalEntry, code: string): Answer {
	const app = admitApp(platform, entry, SCOPES);
	readUserIdType(entry.query, app);
	const { locale, with_admin_id: withAdmins, with_option: withOptions } = entry.query;
	if (locale !== undefined && !LOCALES.includes(String(locale))) {
		throw new Refusal(1390001, 'param is invalid: locale');
	}
	if (!platform.approvals.has(code)) throw new Refusal(1390002, 'approval code not found');
	const instance = [...platform.instances.values()].find((one) => one.approval_code === code);
	const form = DEFINITION_FORM.map((field) =>
		withOptions === 'true' && field.type === 'leaveGroupV2'
			? { ...field, option: [{ value: '7138673249737506817', text: 'Annual' }] }
			: field,
	);
	return success({
		approval_name: instance?.approval_name ?? 'Approval',
		status: 'ACTIVE',
		form: JSON.stringify(form),
		node_list: DEFINITION_NODES,
		viewers: [{ type: 'TENANT', id: '', user_id: '' }],
		...(withAdmins === 'true'
			? { approval_admin_ids: ['ou_3cda9c969f737aaa05e6915dce306cb9'] }
			: {}),
		form_widget_relation: '{}',
	});
}
