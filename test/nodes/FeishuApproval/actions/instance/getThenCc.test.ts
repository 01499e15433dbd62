import { startHarness, type Harness } from '../../../../engine/harness';
import { COLLEAGUE, EXPENSE_INSTANCE, INITIATOR } from '../../../../../sandbox';

const SAMPLE = '81D31358-93AF-92D6-7425-01A5D67C4E71';

let harness: Harness;

beforeEach(async () => {
	harness = await startHarness();
});
afterEach(async () => await harness.close());

const run = async (codes: string[], getParameters = {}) =>
	await harness.engine.run(
		[
			{
				name: 'Get',
				parameters: { operation: 'get', instanceCode: '={{ $json.code }}', ...getParameters },
			},
			{ name: 'CC', parameters: { operation: 'cc', ccUserIds: COLLEAGUE.open_id } },
		],
		codes.map((code) => ({ code })),
	);

describe('CC Instance after Get Instance', () => {
	it.each([
		['simplified', {}],
		['as Feishu gives it', { simplify: false }],
	])('needs nothing but the recipients (%s)', async (_case, parameters) => {
		const { error, json } = await run([SAMPLE], parameters);

		expect(error).toBeUndefined();
		expect(harness.sandbox.calls('cc')).toMatchObject([
			{
				query: { user_id_type: 'open_id' },
				body: {
					approval_code: '7C468A54-8745-2245-9675-08B7C63E7A85',
					instance_code: SAMPLE,
					user_id: INITIATOR.open_id,
					cc_user_ids: [COLLEAGUE.open_id],
				},
				copied: [COLLEAGUE.open_id],
			},
		]);
		expect(json('CC')).toMatchObject([{ success: true, instance_code: SAMPLE }]);
	});

	it('copies every instance that was read, in order, with one token for the whole workflow', async () => {
		const codes = [EXPENSE_INSTANCE.instance_code!, SAMPLE, '1234567'];
		const { json, items } = await run(codes);

		expect(json('CC').map(({ instance_code }) => instance_code)).toEqual([
			EXPENSE_INSTANCE.instance_code,
			SAMPLE,
			SAMPLE,
		]);
		expect(items('CC').map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(harness.sandbox.calls('exchange')).toHaveLength(1);
	});

	it('copies nobody if the instance was not found', async () => {
		const { error } = await run([SAMPLE, 'no such instance']);
		expect(error).toMatchObject({
			message: 'The approval instance was not found',
			context: { itemIndex: 1, data: { code: 1390003 } },
		});
		expect(harness.sandbox.calls('cc')).toEqual([]);
	});
});
