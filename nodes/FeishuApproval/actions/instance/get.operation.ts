import {
	deepCopy,
	NodeOperationError,
	updateDisplayOptions,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';

import { simplifyInstance } from '../../approval/instance';
import { userIdComplaint, type UserIdType } from '../../approval/userIds';
import type { CallContext } from '../../transport/descriptions';
import { getInstanceCall, type Call } from '../../transport/endpoints';
import { badInput } from '../../transport/errors';
import type { Transport } from '../../transport/request';
import type { Operation, OperationRun } from '../operation';
import { LOCALES, localeField, userIdTypeField } from './fields';
import { flag, instanceCode, optionalText, userIdType } from './parameters';

const DEFAULT_CONCURRENCY = 10;

interface GetOptions {
	concurrency?: unknown;
	locale?: unknown;
	nestedMutableGroup?: unknown;
	userId?: unknown;
	userIdType?: unknown;
}

const properties: INodeProperties[] = [
	{
		displayName: 'Instance Code',
		name: 'instanceCode',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 81D31358-93AF-92D6-7425-01A5D67C4E71',
		description: 'Code of the approval instance, or the UUID that was given when it was created',
	},
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Concurrency',
				name: 'concurrency',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: DEFAULT_CONCURRENCY,
				description: 'How many instances to read at the same time',
			},
			localeField,
			{
				displayName: 'Nested Mutable Group',
				name: 'nestedMutableGroup',
				type: 'boolean',
				default: false,
				description: 'Whether to return form fields that refer to a Base (Bitable) completely',
			},
			{
				displayName: 'User ID',
				name: 'userId',
				type: 'string',
				default: '',
				placeholder: 'e.g. ou_3cda9c969f737aaa05e6915dce306cb9',
				description: 'The person who started the approval',
			},
			{ ...userIdTypeField, description: 'Kind of the ID in User ID' },
		],
	},
];

const displayOptions = { show: { resource: ['instance'], operation: ['get'] } };

function query(context: IExecuteFunctions, itemIndex: number, options: GetOptions): IDataObject {
	const qs: IDataObject = {};
	if (options.locale !== undefined) {
		if (!LOCALES.some(({ value }) => value === options.locale)) {
			throw badInput(
				context.getNode(),
				itemIndex,
				'Locale is not one that Feishu knows',
				`Set Locale to one of ${LOCALES.map(({ value }) => `\`${value}\``).join(', ')}.`,
			);
		}
		qs.locale = options.locale as string;
	}
	const userId = optionalText(context, options.userId, 'User ID', itemIndex).trim();
	const complaint = userIdComplaint(userId);
	if (complaint !== undefined) {
		throw badInput(
			context.getNode(),
			itemIndex,
			`User ID cannot be right: ${complaint}`,
			'Enter the ID as Feishu shows it. If it is an expression, check what it gives.',
		);
	}
	if (userId !== '') qs.user_id = userId;
	if (options.userIdType !== undefined) {
		qs.user_id_type = userIdType(context, options.userIdType, itemIndex);
	}
	if (options.nestedMutableGroup !== undefined) {
		const { nestedMutableGroup } = options;
		qs.nested_mutable_group = flag(context, nestedMutableGroup, 'Nested Mutable Group', itemIndex);
	}
	return qs;
}

function concurrency(context: IExecuteFunctions): number {
	const options = context.getNodeParameter('options', 0, {}) as GetOptions;
	const { concurrency: wanted = DEFAULT_CONCURRENCY } = options;
	const calls = typeof wanted === 'string' ? Number(wanted) : wanted;
	if (typeof calls === 'number' && Number.isInteger(calls) && calls >= 1) return calls;
	throw new NodeOperationError(context.getNode(), 'Concurrency is not a whole number from 1 up', {
		description: 'Enter how many instances to read at the same time, for example 10.',
	});
}

/** What is to be read for one item, and how it is wanted. */
interface Wanted {
	call: Call;
	callContext: CallContext;
	simplify: boolean;
}

/** Get Instance: reads one approval (API sheet 4.1). */
export const get: Operation = {
	description: updateDisplayOptions(displayOptions, properties),

	begin(context: IExecuteFunctions, feishu: Transport): OperationRun<Wanted> {
		return {
			concurrency: concurrency(context),

			read(itemIndex) {
				const code = instanceCode(context, itemIndex);
				const options = context.getNodeParameter('options', itemIndex, {}) as GetOptions;
				const qs = query(context, itemIndex, options);
				const simplify = context.getNodeParameter('simplify', itemIndex, true);
				return {
					call: getInstanceCall(code, qs),
					callContext: {
						userIdType: (qs.user_id_type ?? 'open_id') as UserIdType,
						userIds: qs.user_id === undefined ? [] : [qs.user_id as string],
					},
					simplify: flag(context, simplify, 'Simplify', itemIndex),
				};
			},

			// The same question is asked once; every item gets an answer of its own.
			together: ({ call }) => JSON.stringify([call.path, call.qs]),

			async execute(items) {
				const [{ call, callContext }] = items;
				const data = await feishu.data(call, callContext);
				return items.map(({ simplify }, index) => {
					const own = index === 0 ? data : deepCopy(data);
					return simplify ? simplifyInstance(own) : own;
				});
			},
		};
	},
};
