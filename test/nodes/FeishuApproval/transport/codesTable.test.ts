import { openStage, type Stage } from '../../../engine/stage';
import { APPROVER, businessError, COLLEAGUE, SAMPLE_INSTANCE } from '../../../sandbox';

const CODE = SAMPLE_INSTANCE.instance_code;

let stage: Stage;
beforeEach(async () => {
	stage = await openStage();
});
afterEach(async () => await stage.close());

const get = async (code: number, msg: string, details: Record<string, unknown> = {}) => {
	const fault = businessError(code, msg, { error: details });
	stage.sandbox.faults.add({ on: 'get', times: Infinity, fault });
	return (await stage.get({ instanceCode: CODE })).error;
};
const cc = async (parameters: object, code = 1390004) => {
	const fault = businessError(code, 'user_id or open_id not found');
	stage.sandbox.faults.add({ on: 'cc', fault });
	const { error } = await stage.cc({
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
		[1390001, 'Feishu refused a parameter', /approval code, the instance code, the user IDs/],
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
	])('%i', async (code, message, cure) => {
		const error = await get(code, 'in the words of Feishu');
		if (typeof message === 'string') expect(error?.message).toBe(message);
		else expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(cure);
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

describe('1390004 says which kind the IDs look like', () => {
	it.each([
		['open_id', 'on_1', 'union_id'],
		['open_id', 'b1c39e27', 'user_id'],
		['union_id', 'ou_1', 'open_id'],
		['union_id', 'b1c39e27', 'user_id'],
		['user_id', 'ou_1', 'open_id'],
		['user_id', 'on_1', 'union_id'],
	])('%s was chosen, and there is %s', async (userIdType, id, kind) => {
		const error = await cc({ userIdType, userId: id, ccUserIds: id });
		expect(error?.message).toBe('A user was not found');
		expect(error?.description).toContain(
			`User ID Type is \`${userIdType}\`, but \`${id}\` looks like a \`${kind}\`: set User ID Type to \`${kind}\``,
		);
	});

	it('also for one recipient among others', async () => {
		const error = await cc({ ccUserIds: `${COLLEAGUE.open_id}, on_2` });
		expect(error?.description).toContain('`on_2` looks like a `union_id`');
	});

	it('also for Get Instance', async () => {
		const fault = businessError(1390004, 'user_id or open_id not found');
		stage.sandbox.faults.add({ on: 'get', fault });
		const options = { userId: 'on_3', userIdType: 'open_id' };
		const { error } = await stage.get({ instanceCode: CODE, options });
		expect(error?.description).toContain('`on_3` looks like a `union_id`');
	});

	it('also for Get Instance with the kind left out: it is open_id then', async () => {
		const { error } = await stage.get({ instanceCode: CODE, options: { userId: 'on_3' } });
		expect(error?.message).toBe('A user was not found');
		expect(error?.description).toContain(
			'User ID Type is `open_id`, but `on_3` looks like a `union_id`',
		);
	});

	it('and says nothing about kinds where they fit', async () => {
		expect((await cc({}))?.description).not.toContain('looks like');
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
