import {
	deepCopy,
	updateDisplayOptions,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';

import { simplifyInstance } from '../../../../approval/instance';
import type { IdsByField } from '../../../../approval/kindsOfIds';
import type { UserIdType } from '../../../../approval/userIds';
import { getInstanceCall } from '../../../../feishu/endpoints';
import { badInput } from '../../../../feishu/errors/nodeError';
import type { FeishuClient } from '../../../../feishu/client/client';
import type { Operation, OperationRun } from '../operation';
import { LOCALES, localeField, userIdTypeField } from './fields';
import { flag, instanceCode } from './parameters';
import { ensureKind, optionalUserId, userIdType } from './people';

const DEFAULT_CONCURRENCY = 10;

interface GetOptions {
	concurrency?: unknown;
	locale?: unknown;
	nestedMutableGroup?: unknown;
	userId?: unknown;
	userIdType?: unknown;
}

/** The query of the call, as Feishu spells it. */
interface Query extends IDataObject {
	locale?: string;
	user_id?: string;
	user_id_type?: UserIdType;
	nested_mutable_group?: boolean;
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

function idsOf(userId: string): IdsByField {
	return { 'User ID': userId === '' ? [] : [userId] };
}

function query(context: IExecuteFunctions, itemIndex: number, options: GetOptions): Query {
	const qs: Query = {};
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
	const id = optionalUserId(context, options.userId, itemIndex);
	if (id !== '') qs.user_id = id;
	const { userIdType: chosen = 'open_id' } = options;
	const kind = userIdType(context, chosen, itemIndex);
	if (options.userIdType !== undefined) qs.user_id_type = kind;
	ensureKind(context, kind, idsOf(id), itemIndex);
	if (options.nestedMutableGroup !== undefined) {
		const { nestedMutableGroup } = options;
		qs.nested_mutable_group = flag(context, nestedMutableGroup, 'Nested Mutable Group', itemIndex);
	}
	return qs;
}

function optionsOf(context: IExecuteFunctions, itemIndex: number): GetOptions {
	return context.getNodeParameter('options', itemIndex, {}) as GetOptions;
}

/** How many instances to read at the same time; nothing if the option cannot be that. */
function callsAtOnce({ concurrency = DEFAULT_CONCURRENCY }: GetOptions): number | undefined {
	const calls = typeof concurrency === 'string' ? Number(concurrency) : concurrency;
	const works = typeof calls === 'number' && Number.isInteger(calls) && calls >= 1;
	return works ? calls : undefined;
}

/** What is to be read for one item, and how it is wanted. */
interface Wanted {
	code: string;
	qs: Query;
	simplify: boolean;
}

/** Get Instance: reads one approval (API sheet 4.1). */
export const get: Operation = {
	description: updateDisplayOptions(displayOptions, properties),

	begin(context: IExecuteFunctions, feishu: FeishuClient): OperationRun<Wanted> {
		return {
			// Where the first item's cannot work, that item says so, as every other does.
			concurrency: callsAtOnce(optionsOf(context, 0)) ?? DEFAULT_CONCURRENCY,

			read(itemIndex) {
				const options = optionsOf(context, itemIndex);
				if (callsAtOnce(options) === undefined) {
					throw badInput(
						context.getNode(),
						itemIndex,
						'Concurrency is not a whole number from 1 up',
						'Enter how many instances to read at the same time, for example 10.',
					);
				}
				const code = instanceCode(context, itemIndex);
				const qs = query(context, itemIndex, options);
				const simplify = context.getNodeParameter('simplify', itemIndex, true);
				return { code, qs, simplify: flag(context, simplify, 'Simplify', itemIndex) };
			},

			// The same question is asked once; every item gets an answer of its own.
			together: ({ code, qs }) => JSON.stringify([code, qs]),

			async execute(items) {
				const [{ code, qs }] = items;
				const data = await feishu.data(getInstanceCall(code, qs), {
					userIdType: qs.user_id_type ?? 'open_id',
					ids: idsOf(qs.user_id ?? ''),
					instanceCode: code,
				});
				return items.map(({ simplify }, index) => {
					const own = index === 0 ? data : deepCopy(data);
					return simplify ? simplifyInstance(own) : own;
				});
			},
		};
	},
};
