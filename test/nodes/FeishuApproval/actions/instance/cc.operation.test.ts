import { startHarness, type Harness } from '../../../../engine/harness';
import { APPROVER, COLLEAGUE, SANDBOX_APP, type JournalEntry } from '../../../../../sandbox';

const CODE = '7C468A54-8745-2245-9675-08B7C63E7A85';
const PATH = '/open-apis/approval/v4/instances/cc';
const COPY = {
	approvalCode: CODE,
	instanceCode: CODE,
	userId: APPROVER.open_id,
	ccUserIds: COLLEAGUE.open_id,
};

let harness: Harness;

beforeEach(async () => {
	harness = await startHarness();
});
afterEach(async () => await harness.close());

/** The only call to CC Instance. */
function call(): JournalEntry {
	const calls = harness.sandbox.calls('cc');
	expect(calls).toHaveLength(1);
	return calls[0];
}

describe('the request of CC Instance', () => {
	it("is the one of Feishu's own sample", async () => {
		const { error } = await harness.cc({
			approvalCode: CODE,
			instanceCode: CODE,
			userId: 'f7cb567e',
			userIdType: 'open_id',
			ccUserIds: 'f7cb567e',
			options: { comment: 'ok' },
		});

		expect(error).toBeUndefined();
		const { method, path, query, headers, body } = call();
		expect({ method, path, query, body }).toEqual({
			method: 'POST',
			path: PATH,
			query: { user_id_type: 'open_id' },
			body: {
				approval_code: CODE,
				cc_user_ids: ['f7cb567e'],
				comment: 'ok',
				instance_code: CODE,
				user_id: 'f7cb567e',
			},
		});
		const token = harness.sandbox.tokens.current(SANDBOX_APP.app_id);
		expect(headers.authorization).toBe(`Bearer ${token}`);
		expect(headers.accept).toBe('application/json');
		expect(headers['content-type']).toBe('application/json; charset=utf-8');
		expect(harness.sandbox.journal.map(({ endpoint }) => endpoint)).toEqual(['exchange', 'cc']);
	});

	it.each([
		['that is empty', { comment: '' }],
		['that was not added', {}],
		['from a field that the item lacks', { comment: '={{ $json.nothing }}' }],
	])('has no comment %s', async (_case, options) => {
		const { error } = await harness.cc({ ...COPY, options });
		expect(error).toBeUndefined();
		expect(call().body).not.toHaveProperty('comment');
	});

	it('has the comment word for word', async () => {
		const comment = '  请查收 "Q1" \\ 😀\n<b>second line</b> ';
		await harness.cc({ ...COPY, options: { comment } });
		expect(call().body).toMatchObject({ comment });
		const { timeline } = harness.sandbox.instances.get(CODE)!;
		expect(timeline.at(-1)).toMatchObject({ type: 'CC', comment });
	});

	it.each(['open_id', 'union_id', 'user_id'] as const)('names people by %s', async (kind) => {
		const { error } = await harness.cc({
			...COPY,
			userIdType: kind,
			userId: APPROVER[kind],
			ccUserIds: COLLEAGUE[kind],
		});
		expect(error).toBeUndefined();
		expect(call()).toMatchObject({
			query: { user_id_type: kind },
			body: { user_id: APPROVER[kind], cc_user_ids: [COLLEAGUE[kind]] },
			copied: [COLLEAGUE.open_id],
		});
	});

	it('says that the IDs are open IDs without a choice', async () => {
		await harness.cc(COPY);
		expect(call().rawQuery).toBe('user_id_type=open_id');
	});

	it('has the codes and the person without the spaces around them', async () => {
		const { error } = await harness.cc({
			...COPY,
			approvalCode: ` ${CODE}\n`,
			instanceCode: `\t${CODE} `,
			userId: ` ${APPROVER.open_id} `,
		});
		expect(error).toBeUndefined();
		expect(call().body).toMatchObject({
			approval_code: CODE,
			instance_code: CODE,
			user_id: APPROVER.open_id,
		});
	});
});

describe('the item that CC Instance gives out', () => {
	it('says who was copied of what, and by whom', async () => {
		const { json } = await harness.cc({ ...COPY, ccUserIds: 'f7cb567e, ou_123456' });
		expect(json('CC')).toEqual([
			{
				success: true,
				approval_code: CODE,
				instance_code: CODE,
				user_id: 'ou_123456',
				user_id_type: 'open_id',
				cc_user_ids: ['f7cb567e', 'ou_123456'],
				skipped_user_ids: [],
			},
		]);
	});

	it('is one for each incoming item', async () => {
		const other = harness.sandbox.addInstance().instance_code;
		const items = [{ code: CODE }, { code: other }];
		const approvalCode = '7C468A54-8745-2245-9675-08B7C63E7A85';
		const parameters = { ...COPY, approvalCode, instanceCode: '={{ $json.code }}' };
		const outcome = await harness.cc(parameters, items);
		expect(outcome.json('CC').map(({ instance_code }) => instance_code)).toEqual([CODE, other]);
		expect(outcome.items('CC').map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
		]);
	});
});
