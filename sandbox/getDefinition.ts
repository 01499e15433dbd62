import { admitApp } from './access';
import { Refusal, success } from './answers';
import type { Answer } from './answers';
import { LOCALES } from './getInstance';
import type { JournalEntry } from './model';
import { readUserIdType } from './people';
import type { Platform } from './platform';

const SCOPES = ['approval:approval', 'approval:approval:readonly', 'approval:definition'];

/**
 * `GET /open-apis/approval/v4/approvals/:approval_code` (API sheet 4.5): every definition has the
 * same form with a field of each kind, unless the sandbox was told another (`addDefinition`).
 */
export function getDefinition(platform: Platform, entry: JournalEntry, code: string): Answer {
	const app = admitApp(platform, entry, SCOPES);
	readUserIdType(entry.query, app);
	const { locale, with_admin_id: withAdmins, with_option: withOptions } = entry.query;
	if (locale !== undefined && !LOCALES.includes(String(locale))) {
		throw new Refusal(1390001, 'param is invalid: locale');
	}
	if (!platform.approvals.has(code)) throw new Refusal(1390002, 'approval code not found');
	const definition = platform.definitionOf(code);
	if (definition.status === 'DELETED') throw new Refusal(1390016, 'approval is deleted');
	const form = definition.form.map((field) => {
		const options = definition.externalOptions[String(field.id)];
		return withOptions === 'true' && options !== undefined ? { ...field, option: options } : field;
	});
	return success({
		approval_name: definition.approval_name,
		status: definition.status,
		form: JSON.stringify(form),
		node_list: definition.node_list,
		viewers: definition.viewers,
		...(withAdmins === 'true'
			? { approval_admin_ids: ['ou_3cda9c969f737aaa05e6915dce306cb9'] }
			: {}),
		form_widget_relation: '{}',
	});
}
