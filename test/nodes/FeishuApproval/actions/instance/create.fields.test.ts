import type { IDataObject, INodeParameters, ResourceMapperValue } from 'n8n-workflow';

import { ACCOUNTANT, COLLEAGUE, INITIATOR, RICH_DEFINITION } from '../../../../../sandbox';
import type { Step } from '../../../../engine/engine';
import { startHarness, type Harness } from '../../../../engine/harness';
import { until } from '../../../../sandbox/until';

let harness: Harness;
beforeEach(async () => {
	harness = await startHarness();
});
afterEach(async () => await harness.close());

/** What the editor stores for mapped fields. */
const mapped = (
	value: IDataObject | null,
	more: Partial<ResourceMapperValue> = {},
): ResourceMapperValue => ({
	mappingMode: 'defineBelow',
	value: value as ResourceMapperValue['value'],
	matchingColumns: [],
	schema: [],
	attemptToConvertTypes: false,
	convertFieldsToString: false,
	...more,
});

const FROM_ITEM = mapped(null, { mappingMode: 'autoMapInputData' });

const step = (formFields: ResourceMapperValue, more: INodeParameters = {}): Step => ({
	name: 'Create',
	parameters: {
		operation: 'create',
		approvalCode: RICH_DEFINITION.approval_code,
		userId: INITIATOR.open_id,
		formFields: formFields as never,
		options: {
			nodeApprovers: { node: [{ node: 'Accounting', people: ACCOUNTANT.open_id }] },
		},
		...more,
	},
});

const sentForms = () =>
	harness.sandbox
		.calls('create')
		.map(({ body }) => JSON.parse((body as { form: string }).form) as IDataObject[]);

const valuesSent = () =>
	Object.fromEntries(sentForms()[0].map(({ id, value }) => [String(id), value]));

it('submits what was filled in field by field, as the editor stores it', async () => {
	const value = {
		subject: 'Trip',
		Persons: 3,
		Nights: null,
		total: '1,234.50 USD',
		Due: '2026-10-01T09:00:00',
		Urgent: 'urgent-no',
		Means: 'travel, Meal',
		Companions: COLLEAGUE.email!,
		items: '={{ [{ Item: $json.thing, Cost: "12 CNY" }] }}',
		'Leave / Leave type': '7138673249737506817',
		'Leave / Start': '2026-10-01T00:00:00',
		'Leave / End': '2026-10-02T00:00:00',
		'Leave / Leave reason': 'Rest',
		'Overtime / Workers': '',
		'Out of office / Out type': null,
	};
	const { error } = await harness.engine.run([step(mapped(value))], [{ thing: 'Ticket' }]);
	expect(error).toBeUndefined();
	expect(valuesSent()).toMatchObject({
		widget01: 'Trip',
		widget03: 3,
		widget06: 1234.5,
		widget07: expect.stringMatching(/^2026-10-01T09:00:00/),
		widget09: 'urgent-no',
		widget12: ['kind-travel', 'kind-meal'],
		widget30: [
			[
				{ id: 'widget30a', value: 'Ticket' },
				{ id: 'widget30b', value: 12 },
			],
		],
		widgetLeaveGroupV2: [
			{ id: 'widgetLeaveGroupType', value: '7138673249737506817' },
			{ id: 'widgetLeaveGroupStartTime' },
			{ id: 'widgetLeaveGroupEndTime' },
			{ id: 'widgetLeaveGroupReason', value: 'Rest' },
		],
	});
	const ids = sentForms()[0].map(({ id }) => id);
	expect(ids).not.toContain('widget04');
	expect(ids).not.toContain('widgetWorkGroup');
	expect(ids).not.toContain('widgetOutGroup');
	expect(sentForms()[0].find(({ id }) => id === 'widget14')?.open_ids).toEqual([COLLEAGUE.open_id]);
});

it('takes the values from fields of the item that are named like fields of the form', async () => {
	const rows = [
		{ Subject: 'a', total: '3 CNY', row_number: 2, 'Due open_ids': 'x', 'Leave / Start': '' },
		{ subject: 'b', Gone: 'nothing of the form' },
	];
	const { error } = await harness.engine.run([step(FROM_ITEM)], rows);
	expect(error).toBeUndefined();
	expect(sentForms().map((form) => form.map(({ id, value }) => [id, value]))).toEqual([
		[
			['widget01', 'a'],
			['widget06', 3],
		],
		[['widget01', 'b']],
	]);
});

it.each<[string, ResourceMapperValue, RegExp]>([
	['nothing was mapped', mapped(null), /^The form is empty$/],
	['nothing was entered', mapped({}), /^The form is empty$/],
	['a required field is empty', mapped({ subject: '' }), /^Form: "Subject" is empty, but/],
	['the item lacks it', FROM_ITEM, /^Form: "Subject" is empty, but the form requires it$/],
	['a field is gone', mapped({ subject: 'a', Old: 'b' }), /^Form: "Old" is no field of the form$/],
	[
		'a part of a group is gone',
		mapped({ subject: 'a', 'Leave / Old': 'b' }),
		/^Form: "Leave \/ Old" is no field/,
	],
	['a choice is gone', mapped({ subject: 'a', category: 'kind-old' }), /"Category" has no choice/],
	[
		'a field cannot be set',
		mapped({ subject: 'a', 'By hand: account': 'b' }),
		/cannot be set through the API$/,
	],
])('sends nothing, and names the field, where %s', async (_what, formFields, words) => {
	const { error } = await harness.engine.run([step(formFields)]);
	expect(error?.message).toMatch(words);
	expect(error?.description).toMatch(/\w/);
	expect(harness.sandbox.calls('create')).toEqual([]);
});

it('submits nothing where a field was added to the definition that it requires', async () => {
	const form = RICH_DEFINITION.form.map((field) => ({
		...field,
		required: field.required || field.name === 'Reason',
	}));
	const { approval_code } = harness.sandbox.addDefinition({ form });
	const { error } = await harness.engine.run([
		step(mapped({ subject: 'a' }), { approvalCode: approval_code }),
	]);
	expect(error?.message).toBe('Form: "Reason" is empty, but the form requires it');
	expect(harness.sandbox.calls('create')).toEqual([]);
});

it('runs nothing that is written into names of the definition', async () => {
	const displayName = '={{ $("Nowhere").item.json.secret }}';
	const schema = [{ id: 'subject', displayName, type: 'string' }] as never;
	const { error } = await harness.engine.run([step(mapped({ subject: 'a' }, { schema }))]);
	expect(error).toBeUndefined();
	expect(valuesSent()).toEqual({ widget01: 'a' });
});

it('names the field that Feishu refuses by its ID', async () => {
	const values = { subject: 'a', Companions: 'nobody-known' };
	const { error } = await harness.engine.run([step(mapped(values))]);
	expect(error?.message).toBe('Form: Feishu does not take what "Companions" holds');
	expect(error?.description).toMatch(/^Enter people of your company by email address/);
	expect(error?.description).toContain('code 1390001');
	expect(error?.description).not.toContain('look for this ID');
});

describe('before the first approval is submitted', () => {
	const ROW = mapped({ subject: '={{ $json.subject }}', Companions: '={{ $json.with }}' });
	const row = (index: number, email = COLLEAGUE.email!) => ({ subject: `s${index}`, with: email });

	it('all forms are checked: one that cannot work stops all', async () => {
		const rows = [row(1), row(2), { ...row(3), subject: '' }];
		const { error } = await harness.engine.run([step(ROW)], rows);
		expect(error?.message).toMatch(/^Form: "Subject" is empty/);
		expect(error?.context?.itemIndex).toBe(2);
		expect(harness.sandbox.calls('create')).toEqual([]);
	});

	it('everybody in them is looked up, in one call: one who is nowhere stops all', async () => {
		const rows = [row(1), row(2, INITIATOR.email!), row(3, 'nobody@example.com')];
		const { error } = await harness.engine.run([step(ROW)], rows);
		const missing = 'Form: "Companions" cannot be used: nobody was found for "nobody@example.com"';
		expect(error?.message).toBe(missing);
		expect(error?.context?.itemIndex).toBe(2);
		expect(harness.sandbox.calls('create')).toEqual([]);
		expect(harness.sandbox.calls('getUserIds')).toHaveLength(1);
	});

	it('nodes are checked: one that is not there stops all', async () => {
		const options = {
			nodeApprovers: { node: [{ node: 'Accounting', people: ACCOUNTANT.open_id }] },
			nodeCcs: { node: [{ node: '={{ $json.node }}', people: COLLEAGUE.open_id }] },
		};
		const rows = ['Accounting', 'Boss'].map((node, index) => ({ ...row(index), node }));
		const { error } = await harness.engine.run([step(ROW, { options })], rows);
		expect(error?.message).toContain('"Boss" is no node of the process');
		expect(harness.sandbox.calls('create')).toEqual([]);
	});

	it('a name that no node has is told, not the node that is left without approvers', async () => {
		const options = { nodeApprovers: { node: [{ node: 'Acounting', people: 'ou_1' }] } };
		const { error } = await harness.engine.run([step(ROW, { options })], [row(1)]);
		expect(error?.message).toContain('"Acounting" is no node of the process');
	});

	describe('UUIDs are compared:', () => {
		const named = (uuid: string) => {
			const nodeApprovers = { node: [{ node: 'Accounting', people: ACCOUNTANT.open_id }] };
			return step(ROW, { options: { nodeApprovers, uuid } });
		};

		it('one for two different approvals stops all', async () => {
			const { error } = await harness.engine.run([named('=hire-{{ $json.id }}')], [row(1), row(2)]);
			expect(error?.message).toMatch(/^UUID is "hire-", which another item has/);
			expect(error?.description).toContain('never empty');
			expect(error?.context?.itemIndex).toBe(1);
			expect(harness.sandbox.calls('create')).toEqual([]);
		});

		it('one for the same approval twice submits it once', async () => {
			const rows = [{ ...row(1) }, { ...row(2) }, { ...row(1) }];
			const { json } = await harness.engine.run([named('=hire-{{ $json.subject }}')], rows);
			expect(json('Create').map(({ created }) => created)).toEqual([true, true, false]);
		});
	});

	it('those that cannot work are left out where the node goes on', async () => {
		const rows = [row(1, 'nobody@example.com'), row(2), { ...row(3), subject: '' }, row(4)];
		const going: Step = { ...step(ROW), onError: 'continueRegularOutput' };
		const { json, items } = await harness.engine.run([going], rows);
		expect(json('Create').map(({ success, error }) => success ?? error)).toEqual([
			expect.stringContaining('nobody was found'),
			true,
			expect.stringContaining('"Subject" is empty'),
			true,
		]);
		expect(items('Create').map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3].map((item) => ({ item })),
		);
		expect(sentForms().map(([{ value }]) => value)).toEqual(['s2', 's4']);
	});

	it('a run that is stopped meanwhile ends as stopped, and submits nothing', async () => {
		harness.sandbox.faults.add({ on: 'getUserIds', fault: { kind: 'hang' } });
		const { outcome, cancel } = harness.engine.start([step(ROW)], [row(1), row(2)]);
		await until(() => harness.sandbox.calls('getUserIds').length === 1);
		cancel();
		expect((await outcome).run.status).toBe('canceled');
		expect((await outcome).error?.message).toMatch(/cancel/);
		expect(harness.sandbox.calls('create')).toEqual([]);
	});
});
