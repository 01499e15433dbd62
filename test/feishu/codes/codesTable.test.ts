import { startHarness, type Harness } from '../../engine/harness';
import { APPROVER, businessError, COLLEAGUE, SAMPLE_INSTANCE } from '../../../sandbox';

const CODE = SAMPLE_INSTANCE.instance_code;

let harness: Harness;
beforeEach(async () => {
	harness = await startHarness();
});
afterEach(async () => await harness.close());

const get = async (code: number, msg: string, details: Record<string, unknown> = {}) => {
	const fault = businessError(code, msg, { error: details });
	harness.sandbox.faults.add({ on: 'get', times: Infinity, fault });
	return (await harness.get({ instanceCode: CODE })).error;
};
const cc = async (parameters: object, code = 1390004) => {
	const fault = businessError(code, 'user_id or open_id not found');
	harness.sandbox.faults.add({ on: 'cc', fault });
	const { error } = await harness.cc({
		approvalCode: SAMPLE_INSTANCE.approval_code,
		instanceCode: CODE,
		userId: APPROVER.open_id,
		ccUserIds: COLLEAGUE.open_id,
		...parameters,
	});
	return error;
};

describe('one code, one explanation', () => {
	it.each([
		[1390001, 'Feishu refused a parameter', /Check the codes, the user IDs/],
		[1390013, 'This approval has no fixed process', /cannot be handled through the API/],
		[1390015, 'The approval definition is disabled', /Enable it/],
		[1395210, 'The approval instance was withdrawn', /Nothing can be done/],
		[99991201, 'Feishu does not know this address', /without a path/],
		[99991661, 'The call reached Feishu without an access token', /passes the Authorization/],
		[99991662, 'The app is disabled', /app is enabled/],
		[99991663, 'Feishu does not accept the access token', /refused as well/],
		[99991673, 'The app is not available in this company', /installed in your company/],
		[99992351, 'An open ID was not found', /User ID Type says which kind/],
		[99992352, 'An open ID was not found', /User ID Type says which kind/],
		[99992353, 'An open ID was not found', /User ID Type says which kind/],
		[99992357, 'A department was not found', /department ID/],
		[99992358, 'A department was not found', /department ID/],
		[99992359, 'A user ID was not found', /User ID Type says which kind/],
		[99992360, 'A user ID was not found', /User ID Type says which kind/],
		[99992361, 'An open ID belongs to another app', /Every app sees its own open IDs/],
		[99992363, 'A union ID was not found', /User ID Type says which kind/],
		[99992364, /^A union ID was not found, or a user belongs to another/, /User ID Type says/],
		[99992379, 'A department was not found', /department ID/],
		[99992380, 'A department was not found', /department ID/],
		[99992381, 'A union ID belongs to another company', /User ID Type says which kind/],
		[60009, 'The app may not do this with the approval definition', /who may operate/],
	])('%i', async (code, message, hint) => {
		const error = await get(code, 'in the words of Feishu');
		if (typeof message === 'string') expect(error?.message).toBe(message);
		else expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(hint);
		expect(error?.description).toContain(
			`Feishu said: "in the words of Feishu" (code ${code}, HTTP 400, log ID `,
		);
		expect(error?.context?.data).toMatchObject({ code, http_status: 400 });
	});
});

describe('1390001', () => {
	it.each(['widget17261088448220001', 'widget-1', 'widget_a1'])(
		'names the form field %s that the text names',
		async (control) => {
			const error = await get(1390001, `param is invalid. 控件= ${control}`);
			expect(error?.description).toContain(`Feishu names the form field \`${control}\``);
		},
	);

	it('names none where the text names none', async () => {
		expect((await get(1390001, 'param is invalid'))?.description).not.toContain('form field');
	});
});

it('1395001 is explained after the repeats of a Get', async () => {
	const error = await get(1395001, 'There have been some errors. Please try again later');
	expect(error?.message).toBe('The approval service could not carry out the call');
	expect(error?.description).toMatch(/lower the number of calls.*log ID to Feishu support/);
});

describe('1390004 names the IDs that were sent, with their fields', () => {
	const SENT = `Sent as open IDs: CC User IDs \`${COLLEAGUE.open_id}\`; User ID \`${APPROVER.open_id}\`.`;

	it('of CC Instance', async () => {
		const error = await cc({});
		expect(error?.message).toBe('A user was not found');
		expect(error?.description).toContain(SENT);
		expect(error?.description).not.toContain('does not begin with');
	});

	it('five of many', async () => {
		const people = Array.from({ length: 8 }, (_, index) => `ou_${index}`);
		expect((await cc({ ccUserIds: people.join() }))?.description).toContain(
			'CC User IDs `ou_0`, `ou_1`, `ou_2`, `ou_3`, `ou_4` and 3 more; User ID',
		);
	});

	it.each([undefined, 'open_id'])('of Get Instance with the kind %s', async (userIdType) => {
		const fault = businessError(1390004, 'user_id or open_id not found');
		harness.sandbox.faults.add({ on: 'get', fault });
		const options = { userId: 'ou_3', ...(userIdType && { userIdType }) };
		const { error } = await harness.get({ instanceCode: CODE, options });
		expect(error?.message).toBe('A user was not found');
		expect(error?.description).toContain('Sent as open IDs: User ID `ou_3`. Feishu said');
	});

	it('and nothing where none was sent', async () => {
		expect((await get(1390004, 'not found'))?.description).not.toContain('Sent as');
	});

	it.each([
		['open_id', 'ou_', 'open IDs'],
		['union_id', 'on_', 'union IDs'],
	])('%s: an ID without prefix may be a user ID', async (userIdType, prefix, several) => {
		const error = await cc({ userIdType, userId: `${prefix}1`, ccUserIds: `${prefix}2, f7cb567e` });
		expect(error?.description).toContain(
			`\`f7cb567e\` in CC User IDs does not begin with &quot;${prefix}&quot; as ${several} do. If it is a user ID, enter user IDs with User ID as User ID Type (after a Get Instance node, &quot;{{ $json.user_id }}&quot; is right for User ID, if the app has the scope contact:user.employee_id:readonly).`,
		);
	});

	it('user_id: any may be one', async () => {
		const error = await cc({ userIdType: 'user_id', userId: 'winston', ccUserIds: 'f7cb567e' });
		expect(error?.description).toContain(
			'Sent as user IDs: CC User IDs `f7cb567e`; User ID `winston`. Feishu said',
		);
	});
});

describe('99992402', () => {
	it('gives each field with its value and what Feishu says about it', async () => {
		const error = await get(99992402, 'field validation failed', {
			field_violations: [
				{ field: 'user_id_type', value: 'x', description: 'not one of the options' },
				{ field: 'locale', value: '', description: 'is required' },
			],
		});
		expect(error?.message).toBe('Feishu refused a parameter');
		expect(error?.description).toContain('`user_id_type` (value `x`): not one of the options.');
		expect(error?.description).toContain('`locale`: is required.');
	});

	it('is explained without any field, too', async () => {
		const error = await get(99992402, 'field validation failed');
		expect(error?.description).toContain('Feishu said: "field validation failed"');
	});
});
