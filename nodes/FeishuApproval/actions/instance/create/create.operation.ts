import type { IDataObject } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import type { UserIdType } from '../../../../../approval/userIds';
import { noteOf } from '../../../../../feishu/client/readBack';
import type { ItemClient } from '../../../../../feishu/client/itemClient';
import { readFirst } from '../../../../../feishu/client/readFirst';
import { callOf, ENDPOINTS } from '../../../../../feishu/endpoints';
import { toUserIds } from '../../../../../feishu/people/toUserIds';
import { defineOperation } from '../../defineOperation';
import { approvalCode } from '../../fields/codes';
import { reworded } from '../../fields/field';
import { person, userIdType } from '../../fields/people';
import { definitionOf, type Definition } from '../../form/definition';
import { fillIn } from '../../form/fillIn';
import { checkForm, formJson } from '../../form/formFields';
import { createOptions } from './options';
import { nodeIdOf, nodeLists, processProblem, type NodePeople } from './processNodes';
import { submit, submitted } from './submission';

/** Under this name Feishu finds the text of a title. */
const TITLE = '@i18n@title';

/** The people of a submission by IDs that Create takes: open IDs or user IDs. */
interface Named {
	kind: Exclude<UserIdType, 'union_id'>;
	initiator: string;
	approvers: NodePeople[];
	copied: NodePeople[];
}

async function named(
	feishu: ItemClient,
	kind: UserIdType,
	initiator: string,
	approvers: NodePeople[],
	copied: NodePeople[],
): Promise<Named> {
	if (kind !== 'union_id') return { kind, initiator, approvers, copied };
	const everybody = [initiator, ...[...approvers, ...copied].flatMap(({ people }) => people)];
	const ids = await toUserIds(feishu, everybody, kind);
	const converted = (list: NodePeople[]) =>
		list.map(({ node, people }) => ({ node, people: people.map((id) => ids.get(id)!) }));
	return {
		kind: 'user_id',
		initiator: ids.get(initiator)!,
		approvers: converted(approvers),
		copied: converted(copied),
	};
}

/** Instance: Create: submits an approval in the name of a person (API sheet 4.3, 5). */
export const create = defineOperation({
	resource: 'instance',
	operation: 'create',
	title: 'Create Instance',
	option: {
		name: 'Create',
		action: 'Create approval instance',
		description: 'Submit an approval in the name of a person; its approvers are asked to decide',
	},
	fields: {
		approvalCode: reworded(approvalCode, {
			default: '',
			description:
				'Code of the approval definition, or the address of its page in the admin console',
		}),
		userId: reworded(person, {
			displayName: 'Initiator',
			default: '',
			description:
				'The person in whose name it is submitted, which asks its approvers to decide: an ID, email address or mobile number',
		}),
		userIdType: reworded(userIdType, { description: 'Kind of the IDs in this node' }),
		formJson,
	},
	options: createOptions,
	check: checkForm,
	async execute(feishu, input) {
		const { approvalCode: code, options } = input;
		const { people, lists, filled } = await readFirst(feishu, async () => {
			const definition = options.skipCheck ? undefined : await definitionOf(feishu, code);
			const people = await named(
				feishu,
				input.userIdType,
				input.userId,
				options.nodeApprovers ?? [],
				options.nodeCcs ?? [],
			);
			const lists = peopleOf(definition, people, options.autoApproveNodes ?? []);
			const filled =
				definition === undefined
					? JSON.stringify(input.formJson)
					: await fillIn(feishu, definition.fields, input.formJson, input.userIdType);
			return { people, lists, filled };
		});
		// Drawn once for all tries of the execution: a second one would be a second approval.
		const drawn = feishu.notesOfRun('create');
		const uuid = options.uuid ?? String((drawn[feishu.name] ??= randomUUID()));
		const body: IDataObject = {
			approval_code: code,
			[people.kind]: people.initiator,
			department_id: options.departmentId || undefined,
			form: filled,
			uuid,
			...lists,
			allow_resubmit: options.allowResubmit,
			allow_submit_again: options.allowSubmitAgain,
			cancel_bot_notification: options.muteBot ? String(options.muteBot) : undefined,
			forbid_revoke: options.forbidRevoke,
			...titleOf(options),
			with_link: true,
		};
		const call = callOf(ENDPOINTS.createInstance, { body });
		const submission = {
			uuid,
			isDrawn: options.uuid === undefined,
			approvalCode: code,
			person: { kind: people.kind, id: people.initiator },
		};
		const written = await submit(feishu, submission, call);
		return {
			success: true,
			...submitted(written),
			approval_code: code,
			uuid,
			user_id: input.userId,
			user_id_type: input.userIdType,
			created: written.isNew,
			...noteOf(written),
		};
	},
});

/** The people and nodes of a submission as the body names them. */
function peopleOf(
	definition: Definition | undefined,
	{ kind, approvers, copied }: Named,
	automatic: string[],
): IDataObject {
	const nodes = definition?.nodes;
	const problem = nodes && processProblem(nodes, approvers);
	if (problem !== undefined) throw problem;
	const passed = new Set(
		automatic.map((node) => nodeIdOf(nodes, node, 'Pass Nodes Automatically')),
	);
	return {
		...nodeLists(approvers, {
			nodes,
			displayName: 'Approvers by Node',
			prefix: 'node_approver',
			kind,
		}),
		...nodeLists(copied, { nodes, displayName: 'CC by Node', prefix: 'node_cc', kind }),
		node_auto_approval_list:
			passed.size === 0
				? undefined
				: [...passed].map((node_id) => ({ node_id_type: 'NON_CUSTOM', node_id })),
	};
}

function titleOf({
	title,
	titleDisplayMethod,
	locale = 'zh-CN',
}: {
	title?: string;
	titleDisplayMethod?: string;
	locale?: string;
}): IDataObject {
	if (!title) return {};
	const texts = [{ key: TITLE, value: title }];
	return {
		title: TITLE,
		title_display_method: titleDisplayMethod === 'titleOnly' ? 1 : 0,
		i18n_resources: [{ locale, is_default: true, texts }],
	};
}
