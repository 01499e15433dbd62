import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ACCOUNTANT, COLLEAGUE, INITIATOR } from '../../../../../sandbox';
import { startHarness, type Harness } from '../../../../engine/harness';

let harness: Harness;
beforeAll(async () => {
	harness = await startHarness();
});
beforeEach(() => {
	harness.sandbox.journal.length = 0;
});
afterAll(async () => await harness.close());

const getId = async (parameters: INodeParameters, input: IDataObject[] = [{}]) =>
	await harness.engine.run(
		[{ name: 'ID', parameters: { resource: 'user', operation: 'getId', ...parameters } }],
		input,
	);

it('gives an item for each person, paired with the row that names them', async () => {
	const rows = [
		{ who: `${COLLEAGUE.email}, 13800000001` },
		{ who: ['NOBODY@x.com', ACCOUNTANT.mobile] },
	];
	const { items } = await getId({ users: '={{ $json.who }}' }, rows as IDataObject[]);
	const person = (query: string, user_id: string | null) => ({
		query,
		user_id,
		user_id_type: 'open_id',
		found: user_id !== null,
	});
	expect(items('ID')).toEqual([
		{ json: person(COLLEAGUE.email!, COLLEAGUE.open_id), pairedItem: { item: 0 } },
		{ json: person('13800000001', INITIATOR.open_id), pairedItem: { item: 0 } },
		{ json: person('NOBODY@x.com', null), pairedItem: { item: 1 } },
		{ json: person(ACCOUNTANT.mobile!, ACCOUNTANT.open_id), pairedItem: { item: 1 } },
	]);
});

it.each(['open_id', 'union_id', 'user_id'] as const)(
	'gives the kind that is chosen: %s',
	async (kind) => {
		const { json } = await getId({ users: COLLEAGUE.email, userIdType: kind });
		expect(json('ID')).toMatchObject([{ user_id: COLLEAGUE[kind], user_id_type: kind }]);
		expect(harness.sandbox.calls('getUserIds')[0].query).toEqual({ user_id_type: kind });
	},
);

it.each([
	['', 'Users cannot be used: nobody is named'],
	[
		COLLEAGUE.open_id,
		`Users cannot be used: "${COLLEAGUE.open_id}" is neither an email address nor a mobile number`,
	],
	['ann', 'Users cannot be used: "ann" is neither an email address nor a mobile number'],
])('refuses %j, and sends nothing', async (users, message) => {
	const { error } = await getId({ users: '={{ $json.users }}' }, [{ users }]);
	expect(error?.message).toBe(message);
	expect(harness.sandbox.journal).toEqual([]);
});

it('looks 60 people up in two calls', async () => {
	const users = Array.from({ length: 60 }, (_, index) => `p${index}@example.com`).join('\n');
	const { json } = await getId({ users });
	expect(json('ID')).toHaveLength(60);
	expect(harness.sandbox.calls('getUserIds')).toHaveLength(2);
});
