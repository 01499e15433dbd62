import {
	updateDisplayOptions,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';

import { PARAMETER_REFUSED } from '../../../../feishu/codes/groups';
import { badInput, FeishuCallError } from '../../../../feishu/errors/nodeError';
import type { FeishuClient } from '../../../../feishu/client/client';
import type { Operation, OperationRun } from '../operation';
import { Copier } from './copier';
import { idsOf, type Copy, type Done } from './copy';
import { userIdTypeField } from './fields';
import { approvalCode, instanceCode, optionalFlag, optionalText } from './parameters';
import { ensureKind, recipients, requiredUserId, userIdType } from './people';

interface CcOptions {
	combine?: unknown;
	comment?: unknown;
	skipAlreadyCopied?: unknown;
}

/** The copy that one item asks for. */
interface Row extends Copy {
	/** Whether rows for the same copy become one call. */
	combine: boolean;
}

const properties: INodeProperties[] = [
	{
		displayName: 'CC User IDs',
		name: 'ccUserIds',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. ou_3cda9c96, ou_84aad35d',
		description:
			'The people to copy the approval to: IDs separated by commas, blanks or lines, or a list from an expression. They are notified.',
	},
	{
		...userIdTypeField,
		description: 'Kind of the IDs in CC User IDs and User ID',
	},
	{
		displayName: 'Approval Code',
		name: 'approvalCode',
		type: 'string',
		required: true,
		default: '={{ $json.approval_code }}',
		description:
			"Code of the instance's approval definition. Behind Get Instance the default is right.",
	},
	{
		displayName: 'Instance Code',
		name: 'instanceCode',
		type: 'string',
		required: true,
		default: '={{ $json.instance_code }}',
		description: 'Code of the approval instance. Behind Get Instance the default is right.',
	},
	{
		displayName: 'User ID',
		name: 'userId',
		type: 'string',
		required: true,
		default: '={{ $json.open_id }}',
		description:
			'The person on whose behalf the copy is made. Behind Get Instance the default is who started the approval.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Combine',
				name: 'combine',
				type: 'boolean',
				default: false,
				description:
					'Whether to make one call of all items for the same instance, User ID, User ID Type and Comment, with all their recipients',
			},
			{
				displayName: 'Comment',
				name: 'comment',
				type: 'string',
				default: '',
				description: 'Message to the people who are copied',
			},
			{
				displayName: 'Skip Already Copied',
				name: 'skipAlreadyCopied',
				type: 'boolean',
				default: false,
				description:
					"Whether to leave out people who were copied before, according to the instance's timeline. Costs one more call for each item.",
			},
		],
	},
];

const displayOptions = { show: { resource: ['instance'], operation: ['cc'] } };

function row(context: IExecuteFunctions, itemIndex: number): Row {
	const options = context.getNodeParameter('options', itemIndex, {}) as CcOptions;
	const kind: unknown = context.getNodeParameter('userIdType', itemIndex, 'open_id');
	const read: Row = {
		approvalCode: approvalCode(context, itemIndex),
		instanceCode: instanceCode(context, itemIndex),
		userId: requiredUserId(context, itemIndex),
		userIdType: userIdType(context, kind, itemIndex),
		ccUserIds: recipients(context, itemIndex),
		comment: optionalText(context, options.comment, 'Comment', itemIndex),
		skipAlreadyCopied: optionalFlag(
			context,
			options,
			'skipAlreadyCopied',
			'Skip Already Copied',
			itemIndex,
		),
		combine: optionalFlag(context, options, 'combine', 'Combine', itemIndex),
	};
	ensureKind(context, read.userIdType, idsOf(read), itemIndex);
	if (!read.skipAlreadyCopied || read.userIdType !== 'union_id') return read;
	throw badInput(
		context.getNode(),
		itemIndex,
		'Skip Already Copied does not work with union IDs',
		"An instance's timeline does not carry union IDs, so nothing was sent. Use open IDs or user IDs, or switch Skip Already Copied off.",
	);
}

/** The copy that `rows` ask for together. */
function combined([first, ...others]: Row[]): Copy {
	const people = [first, ...others].flatMap(({ ccUserIds }) => ccUserIds);
	return { ...first, ccUserIds: [...new Set(people)] };
}

/** What was refused for all of them: a value of one alone may be the reason. */
function ofAll(rows: Row[], refused: FeishuCallError): FeishuCallError {
	const { failure, call } = refused;
	if (rows.length === 1 || !PARAMETER_REFUSED.has(failure.code)) return refused;
	const note = `By Combine, ${rows.length} items were one call: what is wrong with one of them was refused for all.`;
	return new FeishuCallError({ ...failure, note }, call);
}

function resultOf(asked: Row, { copied, skipped, note }: Done): IDataObject {
	const result: IDataObject = {
		success: true,
		cc_user_ids: asked.ccUserIds.filter((id) => copied.includes(id)),
		skipped_user_ids: asked.ccUserIds.filter((id) => skipped.includes(id)),
		instance_code: asked.instanceCode,
		approval_code: asked.approvalCode,
		user_id: asked.userId,
		user_id_type: asked.userIdType,
	};
	return note === undefined ? result : { ...result, note };
}

/** CC Instance: copies one approval to people (API sheet 4.2). */
export const cc: Operation = {
	description: updateDisplayOptions(displayOptions, properties),

	begin(context: IExecuteFunctions, feishu: FeishuClient): OperationRun<Row> {
		const copier = new Copier(feishu);
		return {
			// One after another: a refusal stops the run before the next person is notified.
			concurrency: 1,

			read: (itemIndex) => row(context, itemIndex),

			together: (asked) =>
				asked.combine ? JSON.stringify({ ...asked, ccUserIds: undefined }) : undefined,

			async execute(rows) {
				const done = await copier.make(combined(rows)).catch((error: unknown) => {
					throw error instanceof FeishuCallError ? ofAll(rows, error) : error;
				});
				return rows.map((asked) => resultOf(asked, done));
			},

			async apart(rows, { code = 0, carriedOut, httpStatus = 0 }) {
				const certain = carriedOut === 'no' && httpStatus < 500;
				if (!certain || !PARAMETER_REFUSED.has(code)) return false;
				const reached = await copier.reachedBy(combined(rows));
				for (const asked of rows) asked.reached = reached;
				return reached !== undefined;
			},
		};
	},
};
