import { admitApp } from './access';
import { fieldViolation, Refusal } from './answers';
import { readJson, readText } from './bodies';
import { LOCALES } from './getInstance';
import type { App, Instance, JournalEntry, UserIdType } from './model';
import { findUser, LIST_SCOPE, readUserIdType } from './people';
import type { Platform } from './platform';

const LONGEST_MS = 30 * 86_400_000;
const SIZES = { usual: 10, least: 5, most: 200 };

/** What the three searches have in common, checked. */
export interface Search {
	app: App;
	kind: UserIdType;
	/** The open_id of the person asked for. */
	person?: string;
	fields: Record<string, unknown>;
	/** Whether an instance is one of those asked for. */
	isOf(instance: Instance): boolean;
	/** Whether something is old enough to be found and within the time asked for. */
	isAt(time: string): boolean;
	/** Revoked instances are left out of a page after it was cut. */
	isShown(found: { instance: Instance }): boolean;
	sizes: typeof SIZES;
}

function readPeriod(
	platform: Platform,
	fields: Record<string, unknown>,
	name: string,
): (time: string) => boolean {
	const from = readText(fields, `${name}_from`);
	const to = readText(fields, `${name}_to`);
	const newest = platform.clock.now() - platform.searchLagMs;
	if (from === undefined && to === undefined) return (time) => Number(time) <= newest;
	const [start, end] = [Number(from), Number(to)];
	// Not a number is neither.
	const isRight = end >= start && end - start <= LONGEST_MS;
	if (!isRight) throw new Refusal(1390001, `param is invalid: ${name}`);
	return (time) => Number(time) >= start && Number(time) <= end && Number(time) <= newest;
}

/**
 * Checks a search (API sheet 4.3, 11.5 to 11.7): at least one filter by a code or a person; the times
 * of `<time>_from` and `<time>_to` both or not at all, at most 30 days apart.
 */
export function readSearch(
	platform: Platform,
	entry: JournalEntry,
	time: string,
	scopes: readonly string[] = [LIST_SCOPE],
): Search {
	const app = admitApp(platform, entry, scopes);
	const kind = readUserIdType(entry.query, app);
	const fields = readJson(entry);
	const text = (name: string) => readText(fields, name) || undefined;
	const userId = text('user_id');
	const approval = text('approval_code');
	const code = text('instance_code');
	const [externalId, group] = [text('instance_external_id'), text('group_external_id')];
	if ([userId, approval, code, externalId, group].every((one) => one === undefined)) {
		throw new Refusal(1390001, 'param is invalid: all filters are empty');
	}
	const locale = text('locale');
	if (locale !== undefined && !LOCALES.includes(locale)) {
		throw new Refusal(1390001, 'param is invalid: locale');
	}
	const revoked = fields.with_revoked_instance;
	if (revoked !== undefined && typeof revoked !== 'boolean') {
		throw fieldViolation('with_revoked_instance', revoked, 'it is not a bool');
	}
	if (approval !== undefined && !platform.approvals.has(approval)) {
		throw new Refusal(1390002, 'approval code not found');
	}
	if (code !== undefined && !platform.instances.has(code)) {
		throw new Refusal(1390003, 'instance code not found');
	}
	const person =
		userId === undefined ? undefined : findUser(platform.users, app.app_id, kind, userId).open_id;
	return {
		app,
		kind,
		person,
		fields,
		// A code and an external ID are united; no approval here has external IDs.
		isOf: (instance) =>
			((approval ?? group) === undefined || instance.approval_code === approval) &&
			((code ?? externalId) === undefined || instance.instance_code === code),
		isAt: readPeriod(platform, fields, time),
		isShown: ({ instance }) => revoked === true || !instance.reverted,
		sizes: SIZES,
	};
}

/** The ID of a person by one kind, from the open_id that an instance knows. */
export function idOf({ users }: Platform, openId: string | undefined, kind: UserIdType): string {
	const unknown = kind === 'open_id' ? (openId ?? '') : '';
	return users.get(openId ?? '')?.[kind] ?? unknown;
}

/** What all searches tell of an instance; title and link have third-party approvals only. */
export function foundInstance(platform: Platform, instance: Instance, kind: UserIdType): object {
	return {
		approval: {
			code: instance.approval_code,
			name: instance.approval_name,
			is_external: false,
			approval_id: instance.approval_code,
			icon: '',
		},
		group: { external_id: '', name: '' },
		instance: {
			code: instance.instance_code,
			external_id: '',
			user_id: idOf(platform, instance.open_id, kind),
			start_time: instance.start_time,
			end_time: instance.end_time,
			status: instance.status.toLowerCase(),
			title: '',
			extra: '',
			serial_id: instance.serial_number,
			link: { pc_link: '', mobile_link: '' },
		},
	};
}
