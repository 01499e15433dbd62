/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { startHarness, type Harness } from '../../../../engine/harness';

let harness: Harness;
let first: string;
let second: string;
beforeEach(async () => {
	harness = await startHarness();
	first = harness.sandbox.addInstance({ serial_number: '1' }).instance_code;
	second = harness.sandbox.addInstance({ serial_number: '2' }).instance_code;
});
afterEach(async () => await harness.close());

const CODE = '={{ $json.code }}';
const itemsOf = (...codes: string[]) => codes.map((code) => ({ code }));
const asked = () => harness.sandbox.calls('get').map(({ path }) => path.split('/').pop());

it('an instance that several items name is read once, and every item gets it, in its place', async () => {
	const { items } = await harness.get(
		{ instanceCode: CODE },
		itemsOf(first, second, first, first, second),
	);
	expect(asked().sort()).toEqual([first, second].sort());
	const codes = items('Get').map(({ json }) => json.instance_code);
	expect(codes).toEqual([first, second, first, first, second]);
	expect(items('Get').map(({ pairedItem }) => pairedItem)).toEqual(
		[0, 1, 2, 3, 4].map((item) => ({ item })),
	);
});

it.each([true, false])('every item has data of its own (Simplify: %s)', async (simplify) => {
	const { json } = await harness.get({ instanceCode: CODE, simplify }, itemsOf(first, first));
	const [one, other] = json('Get');
	expect(other).toEqual(one);
	const inner = simplify ? 'form_values' : 'task_list';
	expect(other[inner]).not.toBe(one[inner]);
	expect(asked()).toEqual([first]);
});

it('Simplify is decided item by item', async () => {
	const items = [
		{ code: first, simple: true },
		{ code: first, simple: 'false' },
	];
	const { json } = await harness.get(
		{ instanceCode: CODE, simplify: '={{ $json.simple }}' },
		items,
	);
	expect(json('Get')[0]).toHaveProperty('form_values');
	expect(json('Get')[1]).toHaveProperty('form');
	expect(asked()).toEqual([first]);
});

it('another language is another question', async () => {
	const items = ['en-US', 'zh-CN', 'en-US'].map((locale) => ({ code: first, locale }));
	const options = { locale: '={{ $json.locale }}' };
	await harness.get({ instanceCode: CODE, options }, items);
	expect(asked()).toHaveLength(2);
});

it('a code that does not exist is asked for once, and every item that names it says so', async () => {
	const { items } = await harness.get(
		{ instanceCode: CODE },
		itemsOf('nowhere', first, 'nowhere'),
		{
			onError: 'continueErrorOutput',
		},
	);
	expect(asked()).toHaveLength(2);
	expect(items('Get').map(({ json }) => json.instance_code)).toEqual([first]);
	expect(items('Get', 1)).toMatchObject([
		{ json: { feishu_error: { code: 1390003 } }, pairedItem: { item: 0 } },
		{ json: { feishu_error: { code: 1390003 } }, pairedItem: { item: 2 } },
	]);
});

it('the next run asks again', async () => {
	await harness.get({ instanceCode: first });
	await harness.get({ instanceCode: first });
	expect(asked()).toEqual([first, first]);
});

it('the rest of n8n has its turn while many items get the answer of one call', async () => {
	const items = itemsOf(...Array<string>(4_000).fill(first));
	let longestMs = 0;
	let last = performance.now();
	const timer = setInterval(() => {
		longestMs = Math.max(longestMs, performance.now() - last);
		last = performance.now();
	}, 1);
	const form = harness.sandbox.instances.get(first)!;
	form.form = JSON.stringify(
		Array.from({ length: 300 }, (_, id) => ({ id, type: 'input', value: id })),
	);
	const began = performance.now();
	const { json } = await harness.get({ instanceCode: CODE }, items);
	const took = performance.now() - began;
	clearInterval(timer);
	expect(json('Get')).toHaveLength(4_000);
	expect(asked()).toHaveLength(1);
	expect(longestMs).toBeLessThan(took / 2);
});
