import { sleep, type IDataObject, type INodeParameters } from 'n8n-workflow';

import { businessError, COLLEAGUE, rateLimited, SAMPLE_INSTANCE } from '../../../../../sandbox';
import { startHarness, type Harness } from '../../../../engine/harness';
import { tunable } from '../../../../engine/tunable';

const { TIMEOUTS } = tunable();
const APPROVAL = SAMPLE_INSTANCE.approval_code;
const INSTANCES = '/open-apis/approval/v4/instances';
const SUBSCRIBE = `/open-apis/approval/v4/approvals/${APPROVAL}/subscribe`;

let harness: Harness;
beforeEach(async () => {
	Object.assign(TIMEOUTS, { pauseMs: 5 });
	harness = await startHarness();
});
afterEach(async () => await harness.close());

const request = async (parameters: INodeParameters, input: IDataObject[] = [{}]) =>
	await harness.engine.run(
		[{ name: 'API', parameters: { resource: 'api', operation: 'request', ...parameters } }],
		input,
	);

it('gives out the data of the answer', async () => {
	const { json } = await request({ path: `${INSTANCES}/${SAMPLE_INSTANCE.instance_code}` });
	expect(json('API')).toMatchObject([{ instance_code: SAMPLE_INSTANCE.instance_code }]);
});

it('sends query and body, as text or from an expression', async () => {
	const { json } = await request(
		{
			method: 'POST',
			path: '/open-apis/contact/v3/users/batch_get_id',
			query: '{"user_id_type":"user_id"}',
			body: '={{ { emails: [$json.email] } }}',
		},
		[{ email: COLLEAGUE.email }],
	);
	expect(json('API')).toMatchObject([{ user_list: [{ user_id: COLLEAGUE.user_id }] }]);
});

it.each(['/open-apis/x/open-apis/auth/y', '/open-apis/authen/v1/x', '/open-apis/a..b/.c/d..'])(
	'calls %s, which only looks like one that it does not call',
	async (path) => {
		const { error } = await request({ path });
		expect(error).toMatchObject({ httpCode: '404' });
		expect(harness.sandbox.calls('other')).toMatchObject([{ path }]);
	},
);

it('takes query and body that were left empty', async () => {
	const { error } = await request({ method: 'POST', path: SUBSCRIBE, query: '', body: '' });
	expect(error).toBeUndefined();
	expect(harness.sandbox.calls('subscribe')).toMatchObject([{ rawQuery: '', rawBody: '' }]);
});

it('reads for several items at once, and changes something for one after the other', async () => {
	const codes = [1, 2, 3].map(() => harness.sandbox.addInstance().instance_code);
	let [atWork, most] = [0, 0];
	const together = async () => {
		most = Math.max(most, ++atWork);
		await sleep(30);
		atWork--;
	};
	const fault = { kind: 'run', do: together } as const;
	harness.sandbox.faults.add({ on: ({ endpoint }) => endpoint !== 'exchange', times: 6, fault });
	const input = codes.map((code) => ({ code }));
	await request({ path: `=${INSTANCES}/{{ $json.code }}` }, input);
	expect(most).toBe(3);
	most = 0;
	const path = '=/open-apis/x/{{ $json.code }}';
	const parameters = { resource: 'api', operation: 'request', method: 'POST', path };
	await harness.engine.run([{ name: 'API', parameters, onError: 'continueRegularOutput' }], input);
	expect(harness.sandbox.calls('other')).toHaveLength(3);
	expect(most).toBe(1);
});

describe('a path that this node does not call', () => {
	it.each([
		['', 'is empty'],
		['/approval/v4/instances', 'does not begin with /open-apis/'],
		['https://open.feishu.cn/open-apis/x', 'does not begin with /open-apis/'],
		['//evil.example/open-apis/x', 'does not begin with /open-apis/'],
		['open-apis/x', 'does not begin with /open-apis/'],
		['/open-apis/x?a=1', 'holds "?" or "#"; a query goes into Query'],
		['/open-apis/x#top', 'holds "?" or "#"; a query goes into Query'],
		['/open-apis/../auth', 'holds dots only between two slashes'],
		['/open-apis/x/%2e%2e/auth', 'holds dots only between two slashes'],
		['/open-apis/x/%252E%252e/auth', 'holds dots only between two slashes'],
		['/open-apis/%2e%2e/outside/%', 'holds "%" without two digits after it'],
		['/open-apis/%61uth/v3/%zz', 'holds "%" without two digits after it'],
		['/open-apis/auth;x/v3/y', 'belongs to the exchange of tokens, which this node does by itself'],
		['/open-apis/x/..;/auth', 'holds dots only between two slashes'],
		['/open-apis/x\\..\\auth', 'holds spaces, backslashes or invisible characters'],
		['/open-apis//evil.example', 'holds two slashes in a row'],
		['/open-apis/x y', 'holds spaces, backslashes or invisible characters'],
		[
			'/open-apis/auth/v3/tenant_access_token/internal',
			'belongs to the exchange of tokens, which this node does by itself',
		],
		['/open-apis/Auth/v3/x', 'belongs to the exchange of tokens, which this node does by itself'],
		['/open-apis/%61uth/v3/x', 'belongs to the exchange of tokens, which this node does by itself'],
	])('%j', async (path, complaint) => {
		const { error } = await request({ path: '={{ $json.path }}' }, [{ path }]);
		expect(error?.message).toBe(`Path ${complaint}`);
		expect(harness.sandbox.journal).toEqual([]);
	});
});

it.each([
	['query', 'Query', '{"a":', 'is not valid JSON'],
	['body', 'Body', '[1]', 'is not an object'],
	['body', 'Body', '7', 'is not an object'],
	[
		'body',
		'Body',
		'{"id":6222021234567890123}',
		'holds a number with more digits than n8n can keep',
	],
	['query', 'Query', '{{ $json.q }}', 'is not valid JSON'],
])('%s: %s %s is refused by name', async (name, displayName, value, complaint) => {
	const { error } = await request({ method: 'POST', path: SUBSCRIBE, [name]: value });
	expect(error?.message).toBe(`${displayName} ${complaint}`);
	expect(harness.sandbox.journal).toEqual([]);
});

describe('Return All', () => {
	const start = Date.parse('2026-01-15T08:00:00Z');
	const query = JSON.stringify({
		approval_code: APPROVAL,
		start_time: String(start),
		end_time: String(start + 3_600_000),
		page_size: 2,
	});
	const list = async (more: INodeParameters = {}) =>
		await request({ path: INSTANCES, query, returnAll: true, ...more });

	it('follows the pages to their end', async () => {
		const codes = Array.from(
			{ length: 5 },
			(_, index) =>
				harness.sandbox.addInstance({ start_time: String(start + index) }).instance_code,
		);
		const { json } = await list();
		expect(json('API')).toEqual(codes.map((value) => ({ value })));
		expect(harness.sandbox.calls('listInstances')).toHaveLength(3);
		const { json: named } = await list({ options: { itemsField: 'instance_code_list' } });
		expect(named('API')).toHaveLength(5);
	});

	it('ends where a page token comes a second time', async () => {
		const data = { items: [{ a: 1 }], has_more: true, page_token: 'again' };
		const fault = { kind: 'answer', status: 200, body: { code: 0, data } } as const;
		harness.sandbox.faults.add({ on: 'listInstances', times: Infinity, fault });
		const { json } = await list();
		expect(json('API')).toEqual([{ a: 1 }, { a: 1 }]);
	});

	it('takes the only list of an answer, or the one that is named', async () => {
		const answers: Array<[object, INodeParameters]> = [
			[{ a: ['x'], b: 1 }, {}],
			[{ a: ['x'], b: ['y'] }, { itemsField: 'a' }],
		];
		for (const [data, options] of answers) {
			const fault = { kind: 'answer', status: 200, body: { code: 0, data } } as const;
			harness.sandbox.faults.add({ on: 'listInstances', fault });
			const { json } = await list({ options });
			expect(json('API')).toEqual([{ value: 'x' }]);
		}
	});

	it.each<[object, INodeParameters]>([
		[{ b: ['x'] }, { itemsField: 'a' }],
		[{ a: null, b: ['x'] }, { itemsField: 'a' }],
		[{ has_more: false, page_token: '', total: 0, count: 0 }, {}],
	])('gives out no item where the list is left out: %j %j', async (data, options) => {
		const fault = { kind: 'answer', status: 200, body: { code: 0, data } } as const;
		harness.sandbox.faults.add({ on: 'listInstances', fault });
		const { json, error } = await list({ options });
		expect(error).toBeUndefined();
		expect(json('API')).toEqual([]);
	});

	it.each([undefined, null, '', {}])('is an error with the page token %j', async (token) => {
		const data = { items: [{ a: 1 }], has_more: true, page_token: token };
		const fault = { kind: 'answer', status: 200, body: { code: 0, data } } as const;
		harness.sandbox.faults.add({ on: 'listInstances', times: Infinity, fault });
		const { error } = await list();
		expect(error?.message).toMatch(/does not say where it goes on/);
		expect(harness.sandbox.calls('listInstances')).toHaveLength(1);
	});

	it.each([{ page_token: 7 }, { next_page_token: '7' }, { page_token: '', next_page_token: '7' }])(
		'goes on at %j',
		async (token) => {
			const data = { items: [{ a: 1 }], has_more: true, ...token };
			const last = { items: [{ a: 2 }], has_more: false };
			for (const page of [data, last]) {
				const fault = { kind: 'answer', status: 200, body: { code: 0, data: page } } as const;
				harness.sandbox.faults.add({ on: 'listInstances', fault });
			}
			const { json } = await list();
			expect(json('API')).toEqual([{ a: 1 }, { a: 2 }]);
			expect(harness.sandbox.calls('listInstances')[1].query.page_token).toBe('7');
		},
	);

	const OFF = 'Switch Return All off.';
	it.each<[string, object, INodeParameters, string, string]>([
		[
			'several lists',
			{ a: [], b: [], c: 1 },
			{},
			'The answer holds several lists',
			'Set Items Field to one of: a, b.',
		],
		['no list', { a: 1 }, {}, 'The answer holds no list', OFF],
		['no list, but a total', { my_total: 1 }, {}, 'The answer holds no list', OFF],
		['no list, but counts', { counts: 1, total: 1 }, {}, 'The answer holds no list', OFF],
		[
			'another field',
			{ a: 1 },
			{ itemsField: 'a' },
			'The field "a" of the answer is not a list',
			OFF,
		],
	])('says what to do about %s', async (_what, data, options, message, cure) => {
		const fault = { kind: 'answer', status: 200, body: { code: 0, data } } as const;
		harness.sandbox.faults.add({ on: 'listInstances', fault });
		const { error } = await list({ options });
		expect(error?.message).toBe(message);
		expect(error?.description).toBe(cure);
		expect(error?.failure).toBeUndefined();
	});

	it.each([
		{ code: 0, msg: 'success' },
		{ code: 0, data: {} },
		{ code: 0, data: null },
	])('gives out no item for a list that is not there: %j', async (body) => {
		harness.sandbox.faults.add({
			on: 'listInstances',
			fault: { kind: 'answer', status: 200, body },
		});
		const { json, error } = await list();
		expect(error).toBeUndefined();
		expect(json('API')).toEqual([]);
	});

	it('is refused for a call that may change something', async () => {
		const { error } = await request({ method: 'POST', path: SUBSCRIBE, returnAll: true });
		expect(error?.message).toMatch(/^Return All cannot be used here/);
		expect(error?.description).toMatch(/Switch Return All off\.$/);
		expect(harness.sandbox.journal).toEqual([]);
	});
});

it('gives out what stands beside the data, after a call that changes something too', async () => {
	const path = `/open-apis/approval/v4/approvals/${APPROVAL}/subscribe`;
	const body = { code: 0, msg: 'success', challenge: 'a1', count: 2 };
	harness.sandbox.faults.add({ on: 'subscribe', fault: { kind: 'answer', status: 200, body } });
	const { json } = await request({ method: 'POST', path });
	expect(json('API')).toEqual([{ success: true, challenge: 'a1', count: 2 }]);
});

describe('the promises of the client hold for any endpoint', () => {
	it('a call that changes something is sent once, and the text says what is not known', async () => {
		harness.sandbox.faults.add({ on: 'subscribe', fault: { kind: 'reset', when: 'after' } });
		const { error } = await request({ method: 'POST', path: SUBSCRIBE });
		expect(error?.message).toBe('It is not known whether this was carried out');
		expect(harness.sandbox.calls('subscribe')).toHaveLength(1);
	});

	it.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
		'%s of an endpoint that nobody knows, too',
		async (method) => {
			harness.sandbox.faults.add({
				on: 'other',
				times: Infinity,
				fault: { kind: 'reset', when: 'before' },
			});
			await request({ method, path: '/open-apis/somewhere/v1/else' });
			expect(harness.sandbox.calls('other')).toHaveLength(1);
		},
	);

	it('a call that only reads is repeated, be it a POST', async () => {
		const path = '/open-apis/contact/v3/users/batch_get_id';
		harness.sandbox.faults.add({ on: 'getUserIds', fault: { kind: 'reset', when: 'before' } });
		const body = JSON.stringify({ emails: [COLLEAGUE.email] });
		const { error } = await request({ method: 'POST', path, body });
		expect(error).toBeUndefined();
		expect(harness.sandbox.calls('getUserIds')).toHaveLength(2);
	});

	it('a limit that is not published is waited for when it is met', async () => {
		harness.sandbox.faults.add({ on: 'other', fault: rateLimited(1) });
		const { error } = await request({ path: '/open-apis/somewhere/v1/else' });
		expect(harness.sandbox.calls('other')).toHaveLength(2);
		expect(error).toMatchObject({ context: { data: { code: 99991201 } } });
	});

	it('a token that was revoked is replaced', async () => {
		await request({ method: 'POST', path: SUBSCRIBE });
		harness.sandbox.faults.add({
			on: 'subscribe',
			fault: businessError(99991663, 'Invalid access token'),
		});
		const { error } = await request({ method: 'POST', path: SUBSCRIBE });
		expect(error).toMatchObject({ context: { data: { code: 1390007 } } });
		expect(harness.sandbox.calls('subscribe')).toHaveLength(3);
	});
});
