import { startHarness, type Harness } from '../../../../engine/harness';
import { APPROVER, INITIATOR, SANDBOX_APP, type JournalEntry } from '../../../../../sandbox';

const CODE = '81D31358-93AF-92D6-7425-01A5D67C4E71';
const PATH = '/open-apis/approval/v4/instances';
const EXPENSE = 'B9C8F3A2-4D17-4E8B-A6D5-1F0E9C3B7A64';

let harness: Harness;

beforeEach(async () => {
	harness = await startHarness();
});
afterEach(async () => await harness.close());

/** The only call to Get Instance. */
function call(): JournalEntry {
	const calls = harness.sandbox.calls('get');
	expect(calls).toHaveLength(1);
	return calls[0];
}

describe('the request of Get Instance', () => {
	it("is the one of Feishu's own sample", async () => {
		const options = { locale: 'zh-CN', userId: 'f7cb567e', userIdType: 'user_id' };
		const { error } = await harness.get({ instanceCode: CODE, options });

		expect(error).toBeUndefined();
		const { method, path, query, headers, rawBody } = call();
		expect({ method, path, query, rawBody }).toEqual({
			method: 'GET',
			path: `${PATH}/${CODE}`,
			query: { locale: 'zh-CN', user_id: 'f7cb567e', user_id_type: 'user_id' },
			rawBody: '',
		});
		const token = harness.sandbox.tokens.current(SANDBOX_APP.app_id);
		expect(headers.authorization).toBe(`Bearer ${token}`);
		expect(headers.accept).toBe('application/json');
		expect(headers).not.toHaveProperty('content-type');
		expect(harness.sandbox.journal.map(({ endpoint }) => endpoint)).toEqual(['exchange', 'get']);
	});

	it('carries no query at all without options', async () => {
		await harness.get({ instanceCode: CODE });
		expect(call()).toMatchObject({ path: `${PATH}/${CODE}`, rawQuery: '' });
	});

	it('carries no person whose ID is empty', async () => {
		const { error } = await harness.get({ instanceCode: CODE, options: { userId: ' ' } });
		expect(error).toBeUndefined();
		expect(call().rawQuery).toBe('');
	});

	it.each([
		['locale', { locale: 'en-US' }, 'locale=en-US'],
		['person', { userId: ` ${APPROVER.open_id}\n` }, `user_id=${APPROVER.open_id}`],
		['kind of ID', { userIdType: 'union_id' }, 'user_id_type=union_id'],
		['nesting', { nestedMutableGroup: true }, 'nested_mutable_group=true'],
		['no nesting', { nestedMutableGroup: false }, 'nested_mutable_group=false'],
		['concurrency', { concurrency: 3 }, ''],
	])('carries nothing but the option that was set: %s', async (_case, options, rawQuery) => {
		const { error } = await harness.get({ instanceCode: CODE, options });
		expect(error).toBeUndefined();
		expect(call().rawQuery).toBe(rawQuery);
	});

	it.each([
		['open_id', INITIATOR.open_id],
		['union_id', INITIATOR.union_id],
		['user_id', INITIATOR.user_id],
	])('names a person by %s', async (userIdType, userId) => {
		const { error } = await harness.get({ instanceCode: CODE, options: { userId, userIdType } });
		expect(error).toBeUndefined();
		expect(call().query).toEqual({ user_id: userId, user_id_type: userIdType });
	});

	it('takes each option from the item where it is an expression', async () => {
		const locales =
			'zh-CN en-US ja-JP zh-HK zh-TW de-DE es-ES fr-FR id-ID it-IT ko-KR pt-BR th-TH vi-VN ms-MY ru-RU'
				.split(' ')
				.map((locale) => ({ locale }));
		const parameters = {
			instanceCode: CODE,
			options: { locale: '={{ $json.locale }}', concurrency: 1 },
		};
		const { error } = await harness.get(parameters, locales);

		expect(error).toBeUndefined();
		expect(harness.sandbox.calls('get').map(({ query }) => query)).toEqual(locales);
		expect(harness.sandbox.calls('get').every(({ code }) => code === 0)).toBe(true);
	});

	it('asks for controls that refer to a Bitable completely', async () => {
		const lines = [{ column1: 'Travel' }, { column1: 'Food' }];
		const options = { nestedMutableGroup: true };
		const nested = await harness.get({ instanceCode: EXPENSE, options });
		const flat = await harness.get({ instanceCode: EXPENSE });

		expect(nested.json('Get')[0].form_values).toMatchObject({ 'Budget lines': lines });
		expect(flat.json('Get')[0].form_values).toMatchObject({ 'Budget lines': null });
	});
});

describe('the instance code', () => {
	it.each([
		['as text', '1234567'],
		['as a number', 1234567],
		['with spaces around it', ' 1234567\n'],
	])('may be the UUID given at creation: %s', async (_case, code) => {
		const outcome = await harness.get({ instanceCode: '={{ $json.code }}' }, [{ code }]);
		expect(outcome.json('Get')[0]).toMatchObject({ instance_code: CODE, status: 'PENDING' });
		expect(call().path).toBe(`${PATH}/1234567`);
	});

	it.each([
		['a/b', 'a%2Fb'],
		['../../v1/x', '..%2F..%2Fv1%2Fx'],
		['a b', 'a%20b'],
		['审批', '%E5%AE%A1%E6%89%B9'],
		['a%2fb', 'a%252fb'],
		['%2e%2e', '%252e%252e'],
		['a?locale=en-US#b', 'a%3Flocale%3Den-US%23b'],
		['a;b=1&c@d:e+f', 'a%3Bb%3D1%26c%40d%3Ae%2Bf'],
		['100%', '100%25'],
		['a\\b', 'a%5Cb'],
		['...', '...'],
		['cc/', 'cc%2F'],
	])('stays one piece of the address: %s', async (uuid, segment) => {
		const { instance_code } = harness.sandbox.addInstance({ uuid });
		const outcome = await harness.get({ instanceCode: uuid });

		expect(outcome.error).toBeUndefined();
		expect(call()).toMatchObject({ path: `${PATH}/${segment}`, rawQuery: '' });
		expect(outcome.json('Get')[0].instance_code).toBe(instance_code);
	});
});
