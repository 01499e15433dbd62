import type { IDataObject } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import { noteOf } from '../../../../../feishu/client/readBack';
import { readFirst } from '../../../../../feishu/client/readFirst';
import { callOf, ENDPOINTS } from '../../../../../feishu/endpoints';
import { defineOperation } from '../../defineOperation';
import { enteredApprovalCode } from '../../fields/codes';
import { reworded } from '../../fields/field';
import { person, userIdType } from '../../fields/people';
import { definitionOf } from '../../form/definition';
import { fillIn } from '../../form/fillIn';
import { namingField } from '../../form/namedField';
import { checkForm, formFieldsShown } from '../../form/formFields';
import { prepareForms } from '../../form/prepareForms';
import { namedPeople, nodesOf, titleOf } from './body';
import { createOptions } from './options';
import { sharedUuids } from './sharedUuid';
import { submit } from './submission';

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
		approvalCode: enteredApprovalCode,
		userId: reworded(person, {
			displayName: 'Initiator',
			default: '',
			description:
				'The person in whose name it is submitted, which asks its approvers to decide: an ID, email address or mobile number',
		}),
		userIdType: reworded(userIdType, { description: 'Kind of the IDs in this node' }),
		...formFieldsShown('fields'),
	},
	options: createOptions,
	check: (input) => checkForm(input, input.options.skipCheck),
	async prepare(items) {
		const shared = sharedUuids(items);
		const failures = await prepareForms(items, ({ nodes }, { options }) => {
			const approvers = options.nodeApprovers ?? [];
			const copied = options.nodeCcs ?? [];
			const people = { kind: 'open_id', initiator: '', approvers, copied } as const;
			nodesOf(nodes, people, options.autoApproveNodes ?? []);
		});
		return failures.map((failure, index) => failure ?? shared[index]);
	},
	async execute(feishu, input) {
		const { approvalCode: code, options } = input;
		const { people, nodes, filled, fields } = await readFirst(feishu, async () => {
			const definition = options.skipCheck ? undefined : await definitionOf(feishu, code);
			const people = await namedPeople(feishu, {
				kind: input.userIdType,
				initiator: input.userId,
				approvers: options.nodeApprovers ?? [],
				copied: options.nodeCcs ?? [],
			});
			const nodes = nodesOf(definition?.nodes, people, options.autoApproveNodes ?? []);
			const filled =
				definition === undefined
					? JSON.stringify(input.formJson)
					: await fillIn(feishu, definition.fields, input);
			return { people, nodes, filled, fields: definition?.fields ?? [] };
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
			...nodes,
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
		const written = await namingField(fields, async () => await submit(feishu, submission, call));
		return {
			success: true,
			instance_code: written.data.instance_code ?? null,
			instance_link: written.data.instance_link ?? null,
			approval_code: code,
			uuid,
			user_id: input.userId,
			user_id_type: input.userIdType,
			created: written.isNew,
			...noteOf(written),
		};
	},
});
