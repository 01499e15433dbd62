import type { INodeProperties } from 'n8n-workflow';

import { CATALOGUE, EVENT_KINDS } from './events/catalogue';
import { EVENT_STATUSES } from './events/status';

const byName = (one: { name: string }, other: { name: string }) =>
	one.name.localeCompare(other.name);

/** "OVERTIME_CLOSE" as "Overtime Close". */
function titleOf(status: string): string {
	return status
		.toLowerCase()
		.split('_')
		.map((word) => word[0].toUpperCase() + word.slice(1))
		.join(' ');
}

const events = EVENT_KINDS.map((value) => {
	const { name, consoleName, consoleType } = CATALOGUE[value];
	return { name, value, description: `In the developer console: ${consoleName} (${consoleType})` };
}).sort(byName);

const statuses = EVENT_STATUSES.map((value) => ({ name: titleOf(value), value })).sort(byName);

/** The panel of the trigger node (API sheet 6). */
export const properties: INodeProperties[] = [
	{
		displayName: 'Connection',
		name: 'connection',
		type: 'options',
		options: [
			{
				name: 'Long Connection',
				value: 'longConnection',
				description: 'No public address and no keys are needed, because n8n calls Feishu',
			},
			{
				name: 'Webhook',
				value: 'webhook',
				description: 'Feishu calls the URL of this node, which must be reachable from the internet',
			},
		],
		default: 'longConnection',
		description: 'How events come to n8n',
	},
	{
		displayName:
			'Set up once: (1) Publish this workflow (n8n 1: switch it to Active). (2) In the developer console, under Events & Callbacks, save "Receive events through persistent connection"; that works only while this workflow, or a test of it, is listening. (3) Add there the events that you choose below, and publish a version of the app.',
		name: 'longConnectionNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { connection: ['longConnection'] } },
	},
	{
		displayName:
			'Set up once: (1) Copy Encrypt Key and Verification Token from the developer console (Events & Callbacks, Encryption Strategy) into the credential; one of them is enough. (2) Publish this workflow. (3) In the console, paste the Production URL from above as request URL, add the events that you choose below, and publish a version of the app. If the URL shows localhost, Feishu cannot reach it: set WEBHOOK_URL of your n8n. An app has one request URL: for several workflows choose Long Connection, or let one workflow receive and call the others.',
		name: 'webhookNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { connection: ['webhook'] } },
	},
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options: events,
		default: ['instanceStatusChanged'],
		description:
			'Which events start the workflow. Add each of them in the developer console as well.',
	},
	{
		displayName: 'Approval Codes',
		name: 'approvalCodes',
		type: 'string',
		default: '',
		placeholder: 'e.g. 7C468A54-8745-2245-9675-08B7C63E7A85',
		description:
			'Codes of approval definitions, or the addresses of their pages in the admin console, separated by commas. The node subscribes to them by itself. Empty: every definition that was subscribed before.',
	},
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		options: [
			{
				displayName: 'Ignore Automatic Decisions',
				name: 'ignoreAutomatic',
				type: 'boolean',
				default: false,
				description: 'Whether to leave out tasks that were decided by a rule and not by a person',
			},
			{
				displayName: 'Open Tasks Only',
				name: 'openTasksOnly',
				type: 'boolean',
				default: false,
				description:
					'Whether to start only for tasks that somebody has to decide now, whatever Statuses says. It keeps a workflow that decides tasks from starting itself.',
			},
			{
				displayName: 'Statuses',
				name: 'statuses',
				type: 'multiOptions',
				options: statuses,
				default: [],
				description:
					'Only events with one of these statuses start the workflow; empty: all do. Leave, overtime and the like are Approved or Reverted; copies and definitions have no status and always start it.',
			},
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Accept Unverified Events',
				name: 'acceptUnverifiedEvents',
				type: 'boolean',
				default: false,
				displayOptions: { show: { '/connection': ['webhook'] } },
				description:
					'Whether to take events although the credential has neither Encrypt Key nor Verification Token. Anybody who knows the URL can then start the workflow.',
			},
			{
				displayName: 'Clock Skew',
				name: 'clockSkew',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 300,
				displayOptions: { show: { '/connection': ['webhook'] } },
				description:
					'By how many seconds the time of a signed request may differ from the clock of n8n',
			},
			{
				displayName: 'Include Instance',
				name: 'includeInstance',
				type: 'boolean',
				default: false,
				description:
					'Whether to put the approval with its form into the item, as instance. If it cannot be read within 0.8 seconds, instance_error says why. One call for each event.',
			},
			{
				displayName: 'Pass On Unknown Events',
				name: 'passOnUnknownEvents',
				type: 'boolean',
				default: false,
				description:
					'Whether to start the workflow for other events of the app as well. Their items are what Feishu sent.',
			},
			{
				displayName: 'Unsubscribe When Unpublished',
				name: 'unsubscribeWhenUnpublished',
				type: 'boolean',
				default: false,
				description:
					'Whether to end the subscriptions to Approval Codes when the workflow is unpublished, unless another workflow of this n8n listens to them',
			},
		],
	},
];
