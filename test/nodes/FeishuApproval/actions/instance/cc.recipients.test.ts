import { startHarness, type Harness } from '../../../../engine/harness';
import { ACCOUNTANT, APPROVER, COLLEAGUE } from '../../../../../sandbox';

const CODE = '7C468A54-8745-2245-9675-08B7C63E7A85';
const A = ACCOUNTANT.open_id;
const B = APPROVER.open_id;
const C = COLLEAGUE.open_id;

let harness: Harness;

beforeEach(async () => {
	harness = await startHarness();
});
afterEach(async () => await harness.close());

describe('the people to copy to', () => {
	it.each([
		['a list', [A, B, C], [A, B, C]],
		['commas', `${A},${B}, ${C}`, [A, B, C]],
		['Chinese commas', `${A}，${B}、${C}`, [A, B, C]],
		['semicolons', `${A};${B}；${C}`, [A, B, C]],
		['spaces', `${A} ${B}  ${C}`, [A, B, C]],
		['lines', `${A}\n${B}\r\n${C}\n`, [A, B, C]],
		['stray separators and spaces', ` ,${A} ,， ${B};；\n`, [A, B]],
		['duplicates', `${B}, ${A}, ${B}`, [B, A]],
		['a list of untidy texts', [` ${A} `, `${B},${A}`], [A, B]],
	])('come from %s, all in one call', async (_case, value, people) => {
		const parameters = {
			approvalCode: CODE,
			instanceCode: CODE,
			userId: APPROVER.open_id,
			ccUserIds: '={{ $json.value }}',
		};
		const outcome = await harness.cc(parameters, [{ value }]);

		expect(outcome.error).toBeUndefined();
		expect(harness.sandbox.calls('cc')).toMatchObject([
			{ body: { cc_user_ids: people }, copied: people },
		]);
		expect(outcome.json('CC')).toMatchObject([{ cc_user_ids: people, skipped_user_ids: [] }]);
	});

	it('come from text that was typed into the field', async () => {
		await harness.cc({
			approvalCode: CODE,
			instanceCode: CODE,
			userId: APPROVER.open_id,
			ccUserIds: `${A}，${C}`,
		});
		expect(harness.sandbox.calls('cc')).toMatchObject([{ copied: [A, C] }]);
	});
});
