import {
	updateDisplayOptions,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';

import { readRecipients } from '../../approval/recipients';
import { badInput } from '../../transport/errors';
import type { Transport } from '../../transport/request';
import type { Operation } from '../operation';
import { copyOnce, type Copy } from './copy';
import { userIdTypeField } from './fields';
import { instanceCode, requiredText, userIdType } from './parameters';

interface CcOptions {
	comment?: unknown;
	skipAlreadyCopied?: boolean;
}

const properties: INodeProperties[] = [
	{
		displayName: 'CC User IDs',
		name: 'ccUserIds',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. ou_3cda9c969f737aaa05e6915dce306cb9, ou_123456',
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

function recipients(context: IExecuteFunctions, itemIndex: number): string[] {
	const read = readRecipients(context.getNodeParameter('ccUserIds', itemIndex, ''));
	if ('ids' in read) return read.ids;
	throw badInput(
		context.getNode(),
		itemIndex,
		`CC User IDs cannot be used: ${read.complaint}`,
		'Enter at least one ID, several separated by commas, or an expression that gives a list of texts.',
	);
}

/** CC Instance: copies one approval to people (API sheet 4.2). */
export const cc: Operation = {
	description: updateDisplayOptions(displayOptions, properties),

	// One after another: a refusal stops the run before the next person is notified.
	concurrency: () => 1,

	async execute(context: IExecuteFunctions, itemIndex: number, feishu: Transport) {
		const options = context.getNodeParameter('options', itemIndex, {}) as CcOptions;
		const copy: Copy = {
			itemIndex,
			approvalCode: requiredText(context, 'approvalCode', 'Approval Code', itemIndex),
			instanceCode: instanceCode(context, itemIndex),
			userId: requiredText(context, 'userId', 'User ID', itemIndex),
			userIdType: userIdType(
				context,
				context.getNodeParameter('userIdType', itemIndex, 'open_id'),
				itemIndex,
			),
			ccUserIds: recipients(context, itemIndex),
			comment: String(options.comment ?? ''),
		};

		const done = await copyOnce(context, feishu, copy, options.skipAlreadyCopied === true);
		const result: IDataObject = {
			success: true,
			approval_code: copy.approvalCode,
			instance_code: copy.instanceCode,
			user_id: copy.userId,
			user_id_type: copy.userIdType,
			cc_user_ids: done.copied,
			skipped_user_ids: done.skipped,
		};
		return done.note === undefined ? result : { ...result, note: done.note };
	},
};
