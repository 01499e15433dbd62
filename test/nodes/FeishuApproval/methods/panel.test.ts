/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import type {
	INode,
	INodeParameters,
	INodePropertyOptions,
	ResourceMapperFields,
	ResourceMapperValue,
} from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { COLLEAGUE, INITIATOR, RICH_DEFINITION, type Fault } from '../../../../sandbox';
import { startHarness, type Harness } from '../../../engine/harness';
import { tunable } from '../../../engine/tunable';

const { TIMEOUTS } = tunable();
const { approval_code: CODE } = RICH_DEFINITION;

let harness: Harness;
beforeEach(async () => {
	TIMEOUTS.pauseMs = 1;
	harness = await startHarness();
});
afterEach(async () => await harness.close());

const { objectContaining, stringContaining, stringMatching } = expect;

async function formFields(parameters: INodeParameters): Promise<ResourceMapperFields> {
	const { methods } = harness.engine.nodeType();
	return await methods!.resourceMapping!.getFormFields.call(harness.engine.panel(parameters));
}

async function nodes(parameters: INodeParameters): Promise<INodePropertyOptions[]> {
	const { methods } = harness.engine.nodeType();
	return await methods!.loadOptions!.getProcessNodes.call(harness.engine.panel(parameters));
}

async function shownFor(parameters: INodeParameters = { approvalCode: CODE }) {
	const { fields, emptyFieldsNotice } = await formFields(parameters);
	expect(emptyFieldsNotice).toBeUndefined();
	return new Map(fields.map((field) => [field.id, field]));
}

it.each<[id: string, displayName: unknown, type: string, required?: boolean]>([
	['subject', 'Subject', 'string', true],
	['Reason', 'Reason', 'string'],
	['Persons', 'Persons', 'number'],
	['Persons and nights', 'Persons and nights', 'number'],
	['total', 'Total (1234.50 CNY)', 'string'],
	['Due', 'Due', 'dateTime'],
	['Period', 'Period (from ~ to)', 'string'],
	['Means', 'Means (Travel, Meal, Other)', 'string'],
	['Companions', 'Companions (emails or IDs)', 'string'],
	['Department', 'Department (od-…)', 'string'],
	['Receipts', 'Receipts (binary fields)', 'string'],
	['Place', 'Place ({"id": …})', 'string'],
	['Telephone', 'Telephone (+86 131…)', 'string'],
	['items', stringMatching(/^Items \(rows: \[\{"Item": …, "Cost": …/), 'string'],
	['Things in text', stringContaining('[{"Thing": …, "Tags": …}]'), 'string'],
	['Leave / Leave type', 'Leave: Leave type', 'options'],
	['Leave / Start', 'Leave: Start', 'dateTime'],
	['Overtime / Time ranges', stringContaining('[{"Start": …, "End": …}]'), 'string'],
	['Out of office / Out type', 'Out of office: Out type', 'options'],
	['By hand: location', 'By hand: location (the API may not take this kind)', 'string'],
])('%s: %s, a field of type %s', async (id, displayName, type, required = false) => {
	const shown = await shownFor();
	expect(shown.get(id)).toEqual(
		objectContaining({ displayName, type, required, readOnly: false, display: true }),
	);
});

it('lists choices by their labels, those from outside the form as well', async () => {
	const shown = await shownFor();
	expect(shown.get('category')?.options).toEqual([
		{ name: 'Travel', value: 'kind-travel' },
		{ name: 'Meal', value: 'kind-meal' },
		{ name: 'Other', value: 'kind-other' },
	]);
	expect(shown.get('Cost centre')?.options).toContainEqual({ name: 'Research', value: 'centre-1' });
	expect(shown.get('Leave / Leave type')?.options).toContainEqual({
		name: 'Annual leave',
		value: '7138673249737506817',
	});
});

it('shows every field of the form, and what the API does not take as read-only', async () => {
	const shown = [...(await shownFor()).values()];
	const names = shown.map(({ displayName }) => displayName.replace(/ \(.*\)$/, ''));
	const groups = ['Leave', 'Overtime', 'Out of office'];
	for (const { name } of RICH_DEFINITION.form) {
		if (!groups.includes(String(name))) expect(names).toContain(name);
	}
	for (const group of groups) expect(names.join()).toContain(`${group}: `);
	const closed = shown.filter(({ readOnly }) => readOnly);
	expect(closed.map(({ displayName }) => displayName)).toEqual([
		...['tripGroup', 'mutableGroup', 'serialNumber', 'account', 'remedyGroupV2'].map(
			(type) => `By hand: ${type} (cannot be set through the API)`,
		),
		'Note (cannot be set through the API)',
	]);
	expect(closed.filter(({ required }) => required)).toEqual([]);
});

it('marks the parts of a group as required where the group itself is', async () => {
	const form = RICH_DEFINITION.form.map((field) => ({ ...field, required: true }));
	const { approval_code } = harness.sandbox.addDefinition({ form });
	const shown = await shownFor({ approvalCode: approval_code });
	expect(shown.get('Leave / Start')?.required).toBe(true);
	expect(shown.get('Leave / Certificate')?.required).toBe(false);
});

const answer = (status: number, body: object | string): Fault => ({ kind: 'answer', status, body });

it.each<[string, INodeParameters, Fault | undefined, RegExp]>([
	['no code', {}, undefined, /^<b>Enter an approval code under Approval Code first<\/b>/],
	['an empty code', { approvalCode: '' }, undefined, /^<b>Enter an approval code/],
	['an expression', { approvalCode: '={{ $json.a }}' }, undefined, /expression.*fixed value.*JSON/],
	[
		'an address without a code',
		{ approvalCode: 'https://www.feishu.cn/approval/admin' },
		undefined,
		/^<b>Approval Code .*address/,
	],
	[
		'an unknown code',
		{ approvalCode: 'AAAAAAAA-AAAA-AAAA-AAAA-AAAAAAAAAAAA' },
		undefined,
		/not found.*Approval Code/s,
	],
	[
		'a missing scope',
		{ approvalCode: CODE },
		answer(400, {
			code: 99991672,
			msg: 'Access denied. One of the following scopes is required: [approval:approval].',
		}),
		/scope.*approval:approval/s,
	],
	['a platform that is down', { approvalCode: CODE }, answer(502, '<html>'), /Feishu.*HTTP 502/s],
])('says in the panel what is the matter: %s', async (_what, parameters, fault, words) => {
	if (fault) harness.sandbox.faults.add({ on: 'getDefinition', times: Infinity, fault });
	const { fields, emptyFieldsNotice } = await formFields(parameters);
	expect(fields).toEqual([]);
	expect(emptyFieldsNotice).toMatch(words);
	const [, message] = /^<b>(.*)<\/b>/.exec(emptyFieldsNotice!)!;
	await expect(nodes(parameters)).rejects.toThrow(message);
});

it('says in the panel what is wrong with the credential', async () => {
	harness.engine.setCredential({ appSecret: 'not-the-secret' });
	const { emptyFieldsNotice } = await formFields({ approvalCode: CODE });
	expect(emptyFieldsNotice).toMatch(/App Secret/);
	expect(emptyFieldsNotice).not.toContain('not-the-secret');
});

it('gives links as such: their addresses are too long for the panel', async () => {
	const { emptyFieldsNotice } = await formFields({ approvalCode: 'unknown' });
	expect(emptyFieldsNotice).toMatch(/<a href="https:[^"]*" target="_blank">[^<]*<\/a>/);
	expect(emptyFieldsNotice!.replace(/<[^>]*>/g, '')).not.toContain('https:');
	const tag = await formFields({ approvalCode: '<img src=x>' });
	expect(tag.emptyFieldsNotice).not.toContain('<img');
});

it('says that a form has no fields', async () => {
	const { approval_code } = harness.sandbox.addDefinition({ form: [] });
	const { emptyFieldsNotice } = await formFields({ approvalCode: approval_code });
	expect(emptyFieldsNotice).toBe('The form of this definition has no fields.');
});

it('takes the address of the definition as well', async () => {
	const address = `https://www.feishu.cn/approval/admin/createApproval?id=7&definitionCode=${CODE}`;
	expect((await shownFor({ approvalCode: address })).size).toBeGreaterThan(30);
});

it('lists the nodes of the process, and which need an approver', async () => {
	expect(await nodes({ approvalCode: CODE })).toEqual([
		{ name: 'Manager', value: 'manager' },
		{ name: 'Accounting (Needs an Approver)', value: '3f2a1b9c8d7e6f504132435465768798' },
		{ name: 'Copies', value: '9d0c1b2a3f4e5d6c7b8a99887766554a' },
	]);
});

it.each(['leave-from-form', 'monthly-payment-report', 'onboarding-from-table'])(
	'shows what the example %s has stored of its definition',
	async (name) => {
		const { nodes: stored } = JSON.parse(
			readFileSync(join(__dirname, `../../../../examples/${name}.json`), 'utf8'),
		) as { nodes: INode[] };
		const { parameters } = stored.find((node) => node.parameters.operation === 'create')!;
		const { fields } = await formFields({ approvalCode: parameters.approvalCode });
		expect((parameters.formFields as unknown as ResourceMapperValue).schema).toEqual(fields);
	},
);

describe('the departments of who submits', () => {
	const departments = async (parameters: INodeParameters) => {
		const { methods } = harness.engine.nodeType();
		return await methods!.loadOptions!.getDepartments.call(harness.engine.panel(parameters));
	};
	const TWO = [
		{ name: 'Department of d1', value: 'd1' },
		{ name: 'Department of d2', value: 'd2' },
	];
	beforeEach(() => harness.sandbox.addUser({ ...INITIATOR, departments: ['d1', 'd2'] }));

	it.each<[string, INodeParameters]>([
		['open ID', { userId: INITIATOR.open_id }],
		['user ID', { userId: INITIATOR.user_id, userIdType: 'user_id' }],
		['email address', { userId: INITIATOR.email!, userIdType: 'user_id' }],
	])('are listed by their names, by %s', async (_by, parameters) => {
		expect(await departments(parameters)).toEqual(TWO);
	});

	it('are listed by their IDs where the app may not see the names', async () => {
		const fault: Fault = { kind: 'answer', status: 400, body: { code: 99991672, msg: 'no' } };
		harness.sandbox.faults.add({ on: 'getDepartments', fault, times: Infinity });
		expect(await departments({ userId: INITIATOR.open_id })).toEqual([
			{ name: 'd1', value: 'd1' },
			{ name: 'd2', value: 'd2' },
		]);
	});

	it.each<[string, INodeParameters, RegExp]>([
		['nobody was entered', { userId: '' }, /^Enter first who submits/],
		['it is an expression', { userId: '={{ $json.a }}' }, /cannot resolve here/],
		['nobody has this address', { userId: 'no@example.com' }, /nobody was found/],
		['the app may not see them', { userId: COLLEAGUE.open_id }, /contact:user\.department/],
	])('cannot be listed where %s: it is said why', async (_why, parameters, words) => {
		await expect(departments(parameters)).rejects.toThrow(words);
	});
});
