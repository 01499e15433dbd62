import type { INodeParameters } from 'n8n-workflow';

import { openStage, type Stage } from '../../../../engine/stage';
import { APPROVER, COLLEAGUE } from '../../../../sandbox';

const CODE = '7C468A54-8745-2245-9675-08B7C63E7A85';
const COPY = {
	approvalCode: CODE,
	instanceCode: CODE,
	userId: APPROVER.open_id,
	ccUserIds: COLLEAGUE.open_id,
};
const VALUE = '={{ $json.value }}';

let stage: Stage;

beforeAll(async () => {
	stage = await openStage();
});
afterAll(async () => await stage.close());

/** The message of the error, after making sure that nothing at all was sent. */
async function refusal(parameters: INodeParameters, value: unknown): Promise<string> {
	const { error } = await stage.cc({ ...COPY, ...parameters }, [{ value } as never]);
	expect(stage.sandbox.journal).toEqual([]);
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
		for (const value of [{ id: CODE }, [CODE], true, NaN, Infinity]) {
			expect(await refusal({ [name]: VALUE }, value)).toBe(`${displayName} is not text`);
		}
	});

	it.each([
		['two dots', '..'],
		['with a control character', 'a\u0007b'],
		['too long', 'x'.repeat(257)],
	])('Instance Code: %s', async (_case, value) => {
		expect(await refusal({ instanceCode: VALUE }, value)).toMatch(/^Instance Code cannot be right/);
	});

	it.each([[{}], [['x']], [true], [NaN]])('Comment: %p', async (value) => {
		expect(await refusal({ options: { comment: VALUE } }, value)).toBe('Comment is not text');
	});

	it.each([
		['skipAlreadyCopied', 'Skip Already Copied'],
		['combine', 'Combine'],
	])('%s', async (name, displayName) => {
		for (const value of ['yes', '', 1, null, {}]) {
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
		['empty', '', 'it names nobody'],
		['separators alone', ' ,，、;；\n ', 'it names nobody'],
		['missing', undefined, 'it names nobody'],
		['null', null, 'it names nobody'],
		['an empty list', [], 'it names nobody'],
		['a list of separators', [' ', ' , '], 'it names nobody'],
		['an empty text in a list', [COLLEAGUE.open_id, ''], 'one of the IDs is empty'],
		['a word that an expression leaves', 'ou_1, undefined', 'one of the IDs is "undefined"'],
		['null in a list', [COLLEAGUE.open_id, null], 'one of the IDs is empty'],
		['a number in a list', [COLLEAGUE.open_id, 7], 'an ID has to be text, but one is a number'],
		['a number', 7, 'an ID has to be text, but one is a number'],
		['an object', { open_id: 'ou_1' }, 'an ID has to be text, but one is an object'],
		['an object in a list', [{ open_id: 'ou_1' }], 'an ID has to be text, but one is an object'],
		['a list in a list', [['ou_1']], 'an ID has to be text, but one is a list'],
	])('CC User IDs: %s', async (_case, value, complaint) => {
		expect(await refusal({ ccUserIds: VALUE }, value)).toBe(
			`CC User IDs cannot be used: ${complaint}`,
		);
	});
});

it('an item with bad input in the middle stops the run before anybody is notified', async () => {
	const people = [COLLEAGUE.open_id, '', APPROVER.open_id];
	const items = people.map((value) => ({ value }));
	const { error } = await stage.cc({ ...COPY, ccUserIds: VALUE }, items);
	expect(error?.message).toBe('CC User IDs cannot be used: it names nobody');
	expect(error?.context?.itemIndex).toBe(1);
	expect(stage.sandbox.journal).toEqual([]);
});
