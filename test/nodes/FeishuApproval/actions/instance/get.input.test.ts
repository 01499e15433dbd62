import type { INodeParameters } from 'n8n-workflow';

import { startHarness, type Harness } from '../../../../engine/harness';

const CODE = '81D31358-93AF-92D6-7425-01A5D67C4E71';

let harness: Harness;

beforeAll(async () => {
	harness = await startHarness();
});
afterAll(async () => await harness.close());

/** The message of the error, after making sure that nothing at all was sent. */
async function refusal(parameters: INodeParameters, value?: unknown): Promise<string> {
	const { error } = await harness.get(parameters, [{ value } as never]);
	expect(harness.sandbox.journal).toEqual([]);
	expect(error?.name).toBe('NodeOperationError');
	expect(error?.description).toEqual(expect.stringMatching(/\w/));
	return error?.message ?? '';
}

describe('bad input for Get Instance names the field, and nothing is sent', () => {
	it.each([
		['empty', '', 'Instance Code is empty'],
		['only spaces', ' \n\u3000', 'Instance Code is empty'],
		['missing', undefined, 'Instance Code is empty'],
		['null', null, 'Instance Code is empty'],
		['an object', { code: CODE }, 'Instance Code is an object, not text'],
		['a list', [CODE], 'Instance Code is a list, not text'],
		['a truth value', true, 'Instance Code is a boolean, not text'],
		['a calculation that went wrong', NaN, 'Instance Code is "NaN", not text'],
		[
			'an expression in Fixed mode',
			'{{ $json.code }}',
			'Instance Code is an expression that was not evaluated',
		],
		['a link', `https://example.com/${CODE}`, 'Instance Code cannot be right: it is a link'],
		['one dot', '.', 'Instance Code cannot be right: it consists of dots only'],
		['two dots', ' .. ', 'Instance Code cannot be right: it consists of dots only'],
		[
			'with a line break',
			'a\nb',
			'Instance Code cannot be right: it holds characters that no code has',
		],
		[
			'with a null',
			'a\u0000b',
			'Instance Code cannot be right: it holds characters that no code has',
		],
		[
			'half a character',
			'a\ud83d',
			'Instance Code cannot be right: it holds characters that no code has',
		],
		[
			'too long',
			'x'.repeat(257),
			'Instance Code cannot be right: it is longer than 256 characters',
		],
	])('Instance Code: %s', async (_case, value, message) => {
		expect(await refusal({ instanceCode: '={{ $json.value }}' }, value)).toBe(message);
	});

	it.each([['xx-XX'], ['zh-cn'], [''], [null], [3]])('Locale: %j', async (value) => {
		const options = { locale: '={{ $json.value }}' };
		expect(await refusal({ instanceCode: CODE, options }, value)).toBe(
			'Locale is not one that Feishu knows',
		);
	});

	it.each([['email'], ['OPEN_ID'], [''], [null], [1]])('User ID Type: %j', async (value) => {
		const options = { userIdType: '={{ $json.value }}' };
		expect(await refusal({ instanceCode: CODE, options }, value)).toBe(
			'User ID Type is not one that Feishu knows',
		);
	});

	it.each([['yes'], [''], [0], [null], [{}]])('Simplify and switches: %j', async (value) => {
		const asked = { instanceCode: CODE };
		expect(await refusal({ ...asked, simplify: '={{ $json.value }}' }, value)).toBe(
			'Simplify is neither true nor false',
		);
		const options = { nestedMutableGroup: '={{ $json.value }}' };
		expect(await refusal({ ...asked, options }, value)).toBe(
			'Nested Mutable Group is neither true nor false',
		);
	});

	it.each([[{}], [[]], [false], [NaN]])('User ID: %p', async (value) => {
		const options = { userId: '={{ $json.value }}' };
		expect(await refusal({ instanceCode: CODE, options }, value)).toMatch(
			/^User ID is .*, not text$/,
		);
	});

	it.each(['undefined', 'null'])('User ID: the word %s', async (value) => {
		const options = { userId: '={{ $json.value }}' };
		expect(await refusal({ instanceCode: CODE, options }, value)).toBe(`User ID is "${value}"`);
	});

	it('User ID of another kind', async () => {
		const options = { userId: 'on_1' };
		expect(await refusal({ instanceCode: CODE, options })).toBe(
			'User ID does not fit User ID Type: "on_1" is a union ID, not an open ID',
		);
	});

	it.each([
		['a comma', 'ou_1,ou_2'],
		['half a character', 'ou_\ud83d'],
		['a line break', 'ou_1\nou_2'],
		['too many characters', 'x'.repeat(257)],
	])('User ID with %s', async (_case, value) => {
		const options = { userId: '={{ $json.value }}' };
		expect(await refusal({ instanceCode: CODE, options }, value)).toMatch(
			/^User ID cannot be right: it (holds|is longer|is more than one)/,
		);
	});

	it.each([[0], [-1], [2.5], ['abc'], [''], [null], ['Infinity']])(
		'Concurrency: %j',
		async (value) => {
			const options = { concurrency: '={{ $json.value }}' };
			expect(await refusal({ instanceCode: CODE, options }, value)).toBe(
				'Concurrency is not a whole number from 1 up',
			);
		},
	);

	it('lists the languages that Locale may have', async () => {
		const options = { locale: 'xx-XX' };
		const { error } = await harness.get({ instanceCode: CODE, options });
		expect(error?.description).toContain('`zh-CN`');
		expect(error?.description).toContain('`ms-MY`');
	});
});

it('says which item holds the bad input, and sends nothing for any other', async () => {
	const items = [{ code: CODE }, { code: ' ' }];
	const parameters = { instanceCode: '={{ $json.code }}', options: { concurrency: 1 } };
	const { error } = await harness.get(parameters, items);
	expect(error?.message).toBe('Instance Code is empty');
	expect(error?.context?.itemIndex).toBe(1);
	expect(harness.sandbox.journal).toEqual([]);
});
