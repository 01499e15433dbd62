import { admitApp } from '../access';
import { Refusal, success } from '../answers';
import type { Answer } from '../answers';
import { readJson, readText, readTexts } from '../bodies';
import { LOCALES } from '../getInstance';
import type { Instance, JournalEntry, User } from '../model';
import { findUser, readUserIdType } from '../people';
import type { Platform } from '../platform';
import { acceptForm } from './acceptForm';
import { findStartable, invalid, readDepartment } from './createBody';
import type { Definition, DefinitionNode } from './definition';
import { approversOf, isDeciding } from './nodes';

/** `POST …/instances/preview` (API sheet 4.3, 11.22): before creation, or of an open task. */
export function previewInstance(platform: Platform, entry: JournalEntry): Answer {
	const app = admitApp(platform, entry);
	const kind = readUserIdType(entry.query, app);
	const fields = readJson(entry);
	const { user_id: userId } = readTexts(fields, 'user_id');
	const locale = readText(fields, 'locale');
	if (locale !== undefined && !LOCALES.includes(locale)) throw invalid('locale');
	const person = findUser(platform.users, app.app_id, kind, userId);
	const code = readText(fields, 'instance_code');
	const instance = code === undefined ? undefined : findPreviewed(platform, fields, person);
	const definition =
		instance === undefined
			? readNew(platform, fields, person)
			: platform.definitionOf(instance.approval_code);
	if (definition.node_list.length === 0) {
		const msg = 'There have been some errors. Please try again later';
		throw new Refusal(1395001, msg, { status: 500 });
	}
	const from = instance === undefined ? 0 : currentNode(definition, instance);
	const idOf = (user: User) => user[kind];
	const nodes = definition.node_list.slice(from).map((node) => ({
		...describe(node),
		user_id_list: peopleOf(platform, definition, node, instance).map(idOf),
		end_cc_id_list: [],
	}));
	return success({ preview_nodes: nodes });
}

/** Checks what is to be created; several departments want one of them named. */
function readNew(platform: Platform, fields: Record<string, unknown>, person: User): Definition {
	const { approval_code: code, form } = readTexts(fields, 'approval_code', 'form');
	const definition = findStartable(platform, code, person);
	const isUnclear = (person.departments?.length ?? 0) > 1 && !readText(fields, 'department_id');
	if (isUnclear) throw invalid('department_id');
	readDepartment(fields, person);
	acceptForm(platform, definition, form);
	return definition;
}

/** The instance whose open task the person has; 1390006 if it is not theirs. */
function findPreviewed(
	{ instances }: Platform,
	fields: Record<string, unknown>,
	person: User,
): Instance {
	const { instance_code: code, task_id: id } = readTexts(fields, 'instance_code', 'task_id');
	const instance = instances.get(code);
	if (instance === undefined) throw invalid('instance_code');
	const isTheirs = instance.task_list.some(
		(task) => task.id === id && task.user_id === person.user_id,
	);
	if (!isTheirs) throw new Refusal(1390006, 'the task does not belong to the user');
	return instance;
}

function currentNode({ node_list: nodes }: Definition, { task_list: tasks }: Instance): number {
	const open = tasks.find(({ status }) => status === 'PENDING');
	return Math.max(
		0,
		nodes.findIndex(({ node_id: id }) => id === open?.node_id),
	);
}

function peopleOf(
	platform: Platform,
	definition: Definition,
	node: DefinitionNode,
	instance?: Instance,
): User[] {
	const tasks = [...(instance?.task_list ?? []), ...(instance?.nextNodes?.flat() ?? [])];
	const own = tasks.filter(
		({ node_id: id, status }) => id === node.node_id && status === 'PENDING',
	);
	const people = own.flatMap(({ open_id: id = '' }) => platform.users.get(id) ?? []);
	if (people.length > 0) return people;
	return approversOf(platform, definition, { approvers: new Map() }, node);
}

function describe(node: DefinitionNode) {
	return {
		node_id: node.node_id,
		node_name: node.name,
		node_type: isDeciding(node) ? node.node_type : '',
		custom_node_id: node.custom_node_id ?? '',
		comments: [],
		is_empty_logic: false,
		is_approver_type_free: node.need_approver,
		has_cc_type_free: false,
	};
}
