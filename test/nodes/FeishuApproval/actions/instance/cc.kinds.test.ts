import { startHarness, type Harness } from '../../../../engine/harness';
import { APPROVER, COLLEAGUE } from '../../../../../sandbox';

const CODE = '7C468A54-8745-2245-9675-08B7C63E7A85';

let harness: Harness;
beforeEach(async () => {
	harness = await startHarness();
});
afterEach(async () => await harness.close());

const copy = (parameters: object = {}) => ({
	approvalCode: CODE,
	instanceCode: CODE,
	userId: APPROVER.open_id,
	ccUserIds: '={{ $json.to }}',
	...parameters,
});

it('user IDs with the default User ID are refused, and following the advice works', async () => {
	const items = [{ to: APPROVER.user_id, ...COLLEAGUE }];
	const asked = copy({ userIdType: 'user_id' });
	const { error } = await harness.cc({ ...asked, userId: '={{ $json.open_id }}' }, items);
	expect(error?.message).toBe(
		`User ID does not fit User ID Type: "${COLLEAGUE.open_id}" is an open ID, not a user ID`,
	);
	expect(error?.description).toContain('"{{ $json.user_id }}" is right for User ID');
	expect(harness.sandbox.journal).toEqual([]);

	const { json } = await harness.cc({ ...asked, userId: '={{ $json.user_id }}' }, items);
	expect(json('CC')).toMatchObject([{ success: true, cc_user_ids: [APPROVER.user_id] }]);
});

it.each(['ou_x, on_y', 'ou_1|ou_2', 'ou_1/ou_2'])(
	'%s in a later item stops the run before anybody is notified',
	async (to) => {
		const { error } = await harness.cc(copy(), [{ to: COLLEAGUE.open_id }, { to }]);
		expect(error?.message).toMatch(/^CC User IDs (does not fit User ID Type|cannot be used): /);
		expect(error?.context?.itemIndex).toBe(1);
		expect(harness.sandbox.journal).toEqual([]);
	},
);

it('marks that nobody sees are taken off every field', async () => {
	const seen = (id: string) => `\u200b${id}\ufeff`;
	const { json } = await harness.cc(
		copy({
			approvalCode: seen(CODE),
			instanceCode: seen(CODE),
			userId: seen(APPROVER.open_id),
		}),
		[{ to: seen(COLLEAGUE.open_id) }],
	);
	expect(json('CC')).toMatchObject([{ success: true, instance_code: CODE, approval_code: CODE }]);
	expect(harness.sandbox.calls('cc')[0].body).toMatchObject({
		approval_code: CODE,
		instance_code: CODE,
		user_id: APPROVER.open_id,
		cc_user_ids: [COLLEAGUE.open_id],
	});
});

it('the marks of Get Instance, too', async () => {
	const options = { userId: `\u200b${APPROVER.open_id}` };
	const { error } = await harness.get({ instanceCode: `\u200e${CODE}`, options });
	expect(error).toBeUndefined();
	const [{ path, query }] = harness.sandbox.calls('get');
	expect(path.endsWith(`/${CODE}`)).toBe(true);
	expect(query).toEqual({ user_id: APPROVER.open_id });
});
