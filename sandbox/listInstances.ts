import { admitApp } from './access';
import { fieldViolation, Refusal, success } from './answers';
import type { Answer } from './answers';
import type { JournalEntry } from './model';
import { pageOf } from './paging';
import type { Platform } from './platform';

const LONGEST_MS = 10 * 3_600_000;

function required(query: JournalEntry['query'], name: string): string {
	const value = query[name];
	if (typeof value === 'string' && value !== '') return value;
	throw fieldViolation(name, value, `${name} is required`);
}

/**
 * `GET /open-apis/approval/v4/instances` (API sheet 4.3): the codes of a definition's instances that
 * were created in at most ten hours, oldest first, in pages.
 */
export function listInstances(platform: Platform, entry: JournalEntry): Answer {
	admitApp(platform, entry);
	const { query } = entry;
	const approvalCode = required(query, 'approval_code');
	const [start, end] = [required(query, 'start_time'), required(query, 'end_time')].map(Number);
	const isWrong = Number.isNaN(end - start) || end < start || end - start > LONGEST_MS;
	if (isWrong) throw new Refusal(1390001, 'param is invalid');
	if (!platform.approvals.has(approvalCode)) throw new Refusal(1390002, 'approval code not found');
	const codes = [...platform.instances.values()]
		.filter(({ approval_code: code }) => code === approvalCode)
		.filter(({ start_time: at }) => Number(at) >= start && Number(at) <= end)
		.sort((one, other) => Number(one.start_time) - Number(other.start_time))
		.map(({ instance_code: code }) => code);
	const { entries, ...page } = pageOf(entry, codes, { usual: 100, least: 1, most: 100 });
	return success({ instance_code_list: entries, ...page });
}
