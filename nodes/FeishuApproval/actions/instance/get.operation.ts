import { deepCopy, type IDataObject } from 'n8n-workflow';

import { simplifyInstance } from '../../../../approval/instance';
import { yieldToEventLoop } from '../../../../feishu/timing';
import { defineOperation } from '../defineOperation';
import { instanceCode } from '../fields/codes';
import { optional, optionalText, reworded } from '../fields/field';
import { person, userIdType } from '../fields/people';
import { concurrency, locale, nestedMutableGroup, simplify } from '../fields/simple';
import { instanceCall } from '../../../../feishu/instanceCall';

/** After so many copies of one answer, the rest of n8n has a turn. */
const COPIED_IN_A_ROW = 100;

/** Get Instance: reads one approval (API sheet 4.1). */
export const get = defineOperation({
	resource: 'instance',
	operation: 'get',
	title: 'Get Instance',
	option: {
		name: 'Get',
		action: 'Get approval instance',
		description: 'Read one approval instance: status, form, tasks and history',
	},
	fields: {
		instanceCode: reworded(instanceCode, {
			default: '',
			description: 'Code of the approval instance, or the UUID that was given when it was created',
		}),
		simplify,
	},
	options: {
		concurrency,
		locale: optional(locale),
		nestedMutableGroup: optional(nestedMutableGroup),
		userId: optionalText(
			reworded(person, {
				default: '',
				required: false,
				description: 'The person who started the approval: an ID, email address or mobile number',
			}),
		),
		userIdType: optional(reworded(userIdType, { description: 'Kind of the ID in User ID' })),
	},
	concurrency: ({ options }) => options.concurrency ?? 10,
	group: {
		// The same question is asked once; every item gets an answer of its own.
		key: ({ instanceCode: code, options }) =>
			JSON.stringify([code, { ...options, concurrency: undefined }]),

		async execute(feishu, inputs) {
			const [{ instanceCode: code, options }] = inputs;
			const data = await feishu.read(instanceCall(code, options));
			const results: IDataObject[] = [];
			for (const [index, input] of inputs.entries()) {
				if (index % COPIED_IN_A_ROW === COPIED_IN_A_ROW - 1) await yieldToEventLoop();
				const own = index === 0 ? data : deepCopy(data);
				results.push(input.simplify ? simplifyInstance(own) : own);
			}
			return results;
		},
	},
});
