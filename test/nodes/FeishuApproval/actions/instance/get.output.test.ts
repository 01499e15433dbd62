import { startHarness, type Harness } from '../../../../engine/harness';
import { EXPENSE_INSTANCE, SAMPLE_INSTANCE } from '../../../../../sandbox';

const CODE = '81D31358-93AF-92D6-7425-01A5D67C4E71';
const TIME = '2019-07-31T16:28:52.967Z';

let harness: Harness;

beforeAll(async () => {
	harness = await startHarness();
});
afterAll(async () => await harness.close());

async function read(instanceCode: string, simplify?: boolean) {
	const { json, error } = await harness.get(
		simplify === undefined ? { instanceCode } : { instanceCode, simplify },
	);
	expect(error).toBeUndefined();
	expect(json('Get')).toHaveLength(1);
	return json('Get')[0];
}

describe('an instance, simplified', () => {
	const simplified = {
		instance_code: CODE,
		approval_code: '7C468A54-8745-2245-9675-08B7C63E7A85',
		approval_name: 'Payment',
		serial_number: '202102060002',
		status: 'PENDING',
		user_id: 'f3ta757q',
		open_id: 'ou_3cda9c969f737aaa05e6915dce306cb9',
		department_id: 'od-8ec33ffec336c3a39a278bc25e931676',
		start_time: TIME,
		end_time: TIME,
		form_values: { user_info: null },
		pending_tasks: [
			{
				task_id: '1234',
				user_id: 'f7cb567e',
				open_id: 'ou_123457',
				node_name: '开始',
				type: 'AND',
				start_time: TIME,
			},
		],
	};

	it("is Feishu's own sample in short", async () => {
		expect(await read(CODE, true)).toEqual(simplified);
	});

	it('is what comes without a choice', async () => {
		expect(await read(CODE)).toEqual(simplified);
	});

	it('has no end while it is open, and its open tasks alone', async () => {
		expect(await read(EXPENSE_INSTANCE.instance_code!)).toMatchObject({
			start_time: '2026-01-15T02:20:00.000Z',
			end_time: null,
			pending_tasks: [
				{
					task_id: '7301234567890123457',
					user_id: '4f20ad8c',
					open_id: 'ou_84aad35d084aa403a838cf73ee18467f',
					node_name: 'Accounting',
					type: 'OR',
					start_time: '2026-01-15T03:20:00.000Z',
				},
			],
		});
	});

	it.each([
		['not JSON', 'Total: 5 CNY', {}],
		['cut-off JSON', '[{"id":"widget1","name":"Su', {}],
		['JSON, but no list', '{"id":"widget1","value":1}', {}],
		['a list with odd things', '[null,7,{"name":"Sum","value":5}]', { Sum: 5 }],
	])('keeps a form as it came where it is %s', async (_case, form, values) => {
		const { instance_code } = harness.sandbox.addInstance({ form });
		const item = await read(instance_code);
		expect(item).toMatchObject({ status: 'PENDING', form });
		expect(item.form_values).toEqual(values);
	});

	it.each([
		['empty', ''],
		['null', null],
		['missing', undefined],
		['without widgets', '[]'],
	])('has no form values where the form is %s', async (_case, form) => {
		const { instance_code } = harness.sandbox.addInstance({ form: '[]' });
		Object.assign(harness.sandbox.instances.get(instance_code)!, { form });
		harness.sandbox.faults.add({
			on: 'get',
			fault: {
				kind: 'answer',
				status: 200,
				body: { code: 0, data: harness.sandbox.instances.get(instance_code) },
			},
		});
		const item = await read(instance_code);
		expect(item).toMatchObject({ instance_code, form_values: {} });
		expect(item).not.toHaveProperty('form');
	});

	it('keeps the digits of a number that is too long for one', async () => {
		const form = '[{"id":"widget1","name":"Card","type":"number","value":6222021234567890123}]';
		const { instance_code } = harness.sandbox.addInstance({ form });
		expect((await read(instance_code)).form_values).toEqual({ Card: '6222021234567890123' });
	});

	it('has the parts of a leave as an object', async () => {
		const form = JSON.stringify([
			{
				id: 'widgetLeaveGroupV2',
				name: '',
				type: 'leaveGroupV2',
				value: [
					{ id: 'widgetLeaveGroupType', name: 'Type', type: 'radioV2', value: 'Annual' },
					{ id: 'widgetLeaveGroupInterval', name: 'Duration', type: 'radioV2', value: '1' },
				],
			},
		]);
		const { instance_code } = harness.sandbox.addInstance({ form });
		expect((await read(instance_code)).form_values).toEqual({
			widgetLeaveGroupV2: { Type: 'Annual', Duration: '1' },
		});
	});

	it('cannot be led astray by a control called "__proto__"', async () => {
		const form = JSON.stringify([
			{ id: '1', custom_id: '__proto__', type: 'input', value: { polluted: true } },
			{ id: '2', name: 'Sum', type: 'number', value: 5 },
		]);
		const { instance_code } = harness.sandbox.addInstance({ form });
		const item = await read(instance_code);
		expect(item.form_values).toMatchObject({ Sum: 5 });
		expect(item.form_values).not.toHaveProperty('polluted');
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});
});

describe('an instance as Feishu gives it', () => {
	it.each([
		['the sample', SAMPLE_INSTANCE.instance_code],
		['an expense claim', EXPENSE_INSTANCE.instance_code!],
	])('is untouched: %s', async (_case, code) => {
		const { json } = await harness.get({
			instanceCode: code,
			simplify: false,
			options: { nestedMutableGroup: true },
		});
		expect(json('Get')).toEqual([harness.sandbox.instances.get(code)]);
	});

	it('keeps a form that is not JSON', async () => {
		const { instance_code } = harness.sandbox.addInstance({ form: 'not JSON' });
		expect(await read(instance_code, false)).toMatchObject({ form: 'not JSON' });
	});

	it('can be chosen item by item', async () => {
		const items = [{ short: true }, { short: false }];
		const parameters = { instanceCode: CODE, simplify: '={{ $json.short }}' };
		const [short, long] = (await harness.get(parameters, items)).json('Get');
		expect(short).toHaveProperty('form_values');
		expect(long).toEqual(SAMPLE_INSTANCE);
	});
});
