import { randomUUID } from 'node:crypto';
import { admitApp } from '../access';
import { Refusal, success } from '../answers';
import type { Answer } from '../answers';
import { readJson } from '../bodies';
import type { JournalEntry } from '../model';
import type { Platform } from '../platform';
import { advance, copyNode, record } from '../process';
import { acceptForm } from './acceptForm';
import { findInitiator, findStartable, readCreateBody, readDepartment } from './createBody';
import { planTasks, readNodePlan } from './nodes';

const SCOPES = ['approval:approval', 'approval:instance'];

/**
 * `POST /open-apis/approval/v4/instances` (API sheet 4.3, 5.2, 5.3): all is checked before anything
 * changes; required fields are not, as on the real platform.
 */
export function createInstance(platform: Platform, entry: JournalEntry): Answer {
	const app = admitApp(platform, entry, SCOPES);
	const fields = readJson(entry);
	const body = readCreateBody(platform, fields);
	const person = findInitiator(platform, app, fields);
	const definition = findStartable(platform, body.approval_code, person);
	const department = readDepartment(fields, person);
	if (definition.node_list.length === 0) {
		throw new Refusal(1390013, 'unsupported approval for free process');
	}
	const form = JSON.stringify(acceptForm(platform, definition, body.form));
	const plan = readNodePlan(platform, app, fields, definition);
	const uuid = body.uuid ?? randomUUID().toUpperCase();
	const isUsed = [...platform.instances.values()].some(
		(one) => one.uuid.toLowerCase() === uuid.toLowerCase(),
	);
	if (isUsed) throw new Refusal(60012, 'uuid is already used');
	const now = platform.clock.now();
	const instance = platform.addInstance({
		approval_code: definition.approval_code,
		approval_name: definition.approval_name,
		uuid,
		user_id: person.user_id,
		open_id: person.open_id,
		department_id: department,
		start_time: String(now),
		end_time: '0',
		status: 'PENDING',
		form,
		task_list: [],
		comment_list: [],
		timeline: [],
		reverted: false,
		forbidsRevoke: fields.forbid_revoke === true,
		foundByUuidFrom: now + platform.uuidLagMs,
		nextNodes: planTasks(platform, definition, plan),
		nodeCopies: Object.fromEntries(plan.copies),
	});
	record(platform, instance, 'START', person);
	copyNode(platform, instance, 'START');
	for (const id of plan.passed) {
		record(platform, instance, 'AUTO_PASS', person, { node_key: `APPROVAL_${id.slice(0, 12)}` });
		copyNode(platform, instance, id);
	}
	advance(platform, instance);
	const { instance_code: code } = instance;
	const link = `https://go.feishu.cn/approval/s/${code}`;
	return success({
		instance_code: code,
		...(fields.with_link === true ? { instance_link: link } : {}),
	});
}
