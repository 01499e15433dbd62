import type { INodeParameters } from 'n8n-workflow';

import { startHarness, type Harness } from '../../../../engine/harness';
import { APPROVER, COLLEAGUE } from '../../../../../sandbox';

const CODE = '7C468A54-8745-2245-9675-08B7C63E7A85';
const COPY = {
	approvalCode: CODE,
	instanceCode: CODE,
	userId: APPROVER.open_id,
	ccUserIds: COLLEAGUE.open_id,
};
const VALUE = '={{ $json.value }}';

let harness: Harness;

beforeAll(async () => {
	harness = await startHarness();
});
afterAll(async () => await harness.close());

/** The message of the error, after making sure that nothing at all was sent. */
async function refusal(parameters: INodeParameters, value: unknown): Promise<string> {
	const { error } = await harness.cc({ ...COPY, ...parameters }, [{ value } as never]);
	expect(harness.sandbox.journal).toEqual([]);
	expect(error?.name).toBe('NodeOperationError');
	expect(error?.context?.itemIndex).toBe(0);
	expect(error?.description).toEqual(expect.stringMatching(/\w/));
	return error?.message ?? '';
}

describe('bad input for CC Instance names the field, and nothing is sent', () => {
	it.each([
		['approvalCode', 'Approval Code'],
		['instanceCode', 'Instance Code'],
		['userId', 'User ID'],
	])('%s', async (name, displayName) => {
		for (const value of ['', ' \n', undefined, null]) {
			expect(await refusal({ [name]: VALUE }, value)).toBe(`${displayName} is empty`);
		}
		const wrong = {
			'an object, not text': { id: CODE },
			'a list, not text': [CODE],
			'a boolean, not text': true,
			'"NaN", not text': NaN,
			'"Infinity", not text': Infinity,
			'"undefined"': ' undefined ',
			'an object written as text': '[object Object]',
			'an expression that was not evaluated': '{{ $json.code }}',
		};
		for (const [complaint, value] of Object.entries(wrong)) {
			expect(await refusal({ [name]: VALUE }, value)).toBe(`${displayName} is ${complaint}`);
		}
	});

	it.each([
		['two dots', '..'],
		['with a control character', 'a\u0007b'],
		['too long', 'x'.repeat(257)],
		['in quotes', `"${CODE}"`],
		['two of them', `${CODE}, ${CODE}`],
	])('Instance Code and Approval Code: %s', async (_case, value) => {
		expect(await refusal({ instanceCode: VALUE }, value)).toMatch(/^Instance Code cannot be right/);
		expect(await refusal({ approvalCode: VALUE }, value)).toMatch(/^Approval Code cannot be right/);
	});

	it('a link where a code belongs', async () => {
		const link = `https://example.com/?definitionCode=${CODE}`;
		expect(await refusal({ instanceCode: link }, '')).toMatch(/^Instance Code cannot be right/);
		expect(await refusal({ approvalCode: 'https://example.com/' }, '')).toBe(
			'Approval Code is a link without a definition code',
		);
	});

	it.each(['ou_1, ou_2', 'ou_1|ou_2', 'ou_1\nou_2', 'x'.repeat(257)])(
		'User ID: %j',
		async (value) => {
			expect(await refusal({ userId: VALUE }, value)).toMatch(/^User ID cannot be right: it /);
		},
	);

	it.each(['undefined', '[object Object]', 'Dear {{ $json.name }}'])(
		'Comment: %s',
		async (value) => {
			expect(await refusal({ options: { comment: VALUE } }, value)).toMatch(
				/^Comment is (an|"undef)/,
			);
		},
	);

	it.each([[{}], [['x']], [true], [NaN]])('Comment: %p', async (value) => {
		expect(await refusal({ options: { comment: VALUE } }, value)).toMatch(
			/^Comment is .*, not text$/,
		);
	});

	it.each([
		['skipAlreadyCopied', 'Skip Already Copied'],
		['combine', 'Combine'],
	])('%s', async (name, displayName) => {
		for (const value of ['yes', '', 1, null, undefined, {}]) {
			expect(await refusal({ options: { [name]: VALUE } }, value)).toBe(
				`${displayName} is neither true nor false`,
			);
		}
	});

	it.each([['email'], ['Open ID'], [''], [null], [0]])('User ID Type: %j', async (value) => {
		expect(await refusal({ userIdType: VALUE }, value)).toBe(
			'User ID Type is not one that Feishu knows',
		);
	});

	it.each([
		['empty', '', 'nobody is named'],
		['separators alone', ' ,，、;；\n ', 'nobody is named'],
		['missing', undefined, 'nobody is named'],
		['null', null, 'nobody is named'],
		['an empty list', [], 'nobody is named'],
		['a list of separators', [' ', ' , '], 'one of the IDs is empty'],
		['an empty text in a list', [COLLEAGUE.open_id, ''], 'one of the IDs is empty'],
		['a word that an expression leaves', 'ou_1, undefined', 'one of the IDs is "undefined"'],
		['a number', 7, 'an ID has to be text, but it is a number'],
		['an object in a list', [{ open_id: 'ou_1' }], 'an ID has to be text, but one is an object'],
	])('CC User IDs: %s', async (_case, value, complaint) => {
		expect(await refusal({ ccUserIds: VALUE }, value)).toBe(
			`CC User IDs cannot be used: ${complaint}`,
		);
	});
});

it('an item with bad input in the middle stops the run before anybody is notified', async () => {
	const people = [COLLEAGUE.open_id, '', APPROVER.open_id];
	const items = people.map((value) => ({ value }));
	const { error } = await harness.cc({ ...COPY, ccUserIds: VALUE }, items);
	expect(error?.message).toBe('CC User IDs cannot be used: nobody is named');
	expect(error?.context?.itemIndex).toBe(1);
	expect(harness.sandbox.journal).toEqual([]);
});
