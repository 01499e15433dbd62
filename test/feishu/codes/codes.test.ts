import { startHarness, type Harness } from '../../engine/harness';
import { APPROVER, businessError, COLLEAGUE, SANDBOX_APP, type Instance } from '../../../sandbox';

let harness: Harness;
let instance: Instance;
beforeEach(async () => {
	harness = await startHarness();
	instance = harness.sandbox.addInstance({ timeline: [] });
});
afterEach(async () => await harness.close());

const app = () => harness.sandbox.apps.get(SANDBOX_APP.app_id)!;
const get = async (parameters = {}) =>
	(await harness.get({ instanceCode: instance.instance_code, ...parameters })).error;
const cc = async (parameters = {}) =>
	(
		await harness.cc({
			approvalCode: instance.approval_code,
			instanceCode: instance.instance_code,
			userId: APPROVER.open_id,
			ccUserIds: COLLEAGUE.open_id,
			...parameters,
		})
	).error;
const meet = (code: number, msg: string, error?: Record<string, unknown>) =>
	harness.sandbox.faults.add({
		on: 'get',
		times: Infinity,
		fault: businessError(code, msg, { error }),
	});
/** What the builder sees, and what stands beside it as data. */
const explained = (message: string, hint: RegExp, code: number, status = 400) =>
	expect.objectContaining({
		message,
		description: expect.stringMatching(hint),
		httpCode: String(status),
		context: expect.objectContaining({
			itemIndex: 0,
			data: {
				code,
				msg: expect.any(String),
				http_status: status,
				log_id: expect.stringMatching(/^\d{14}[0-9A-F]{18}$/),
			},
		}),
	});

describe('what the platform itself refuses', () => {
	it('1390002: unknown approval code', async () => {
		expect(await cc({ approvalCode: 'A-1' })).toEqual(
			explained(
				'The approval code was not found',
				/what follows definitionCode=.* Approval Code was `A-1`\. Feishu said/,
				1390002,
			),
		);
	});

	it.each([
		['Get', get],
		['CC', cc],
	])('1390003: unknown instance (%s)', async (_name, run) => {
		expect(await run({ instanceCode: 'I-1' })).toEqual(
			explained(
				'The approval instance was not found',
				/neither the serial number nor a link\..* Instance Code was `I-1`\./,
				1390003,
			),
		);
	});

	it('1390003: CC names both codes, one of which may belong to another approval', async () => {
		const error = await cc({ instanceCode: 'I-1', approvalCode: instance.approval_code });
		expect(error?.description).toContain(
			`not the UUID of its creation, and the approval code of that same approval. Instance Code was \`I-1\`. Approval Code was \`${instance.approval_code}\`.`,
		);
		expect((await get({ instanceCode: 'I-1' }))?.description).not.toContain('Approval Code');
	});

	it('1390009: operation not allowed, with HTTP 403 and the way to the admin console', async () => {
		instance.forbidden = true;
		expect(await get()).toEqual(
			explained(
				'The approval does not allow this operation',
				/<a href="https:\/\/www\.feishu\.cn\/approval\/admin\/approvalList".*operation permissions in its process design/,
				1390009,
				403,
			),
		);
	});

	it('1390018: handwritten signature', async () => {
		instance.handwritten = true;
		expect(await cc()).toEqual(
			explained(
				'This approval wants a handwritten signature',
				/cannot be given through the API\. Handle this approval in the Feishu app/,
				1390018,
			),
		);
	});

	it('99992361: an open ID of another app', async () => {
		harness.sandbox.addUser({
			open_id: 'ou_far',
			union_id: 'on_far',
			user_id: 'far',
			app: 'cli_x',
		});
		expect(await cc({ ccUserIds: 'ou_far' })).toEqual(
			explained(
				'An open ID belongs to another app',
				/uses the same credential.*CC User IDs `ou_far`/,
				99992361,
			),
		);
	});

	it('99991401: blocked IP address', async () => {
		app().deniedIp = true;
		expect(await get()).toEqual(
			explained(
				'Feishu blocks the address that n8n calls from',
				/IP whitelist.*Feishu said: "ip 203\.0\.113\.9 is denied/,
				99991401,
			),
		);
	});

	it('99991403: monthly allowance used up', async () => {
		app().quotaUsedUp = true;
		expect(await get()).toEqual(
			explained(
				"The company's monthly number of API calls is used up",
				/first of the month/,
				99991403,
			),
		);
	});

	it('99991672: missing scopes, each by name, with the link that Feishu gives', async () => {
		app().scopes = [];
		const error = await get();
		expect(error).toEqual(
			explained(
				'The app lacks a permission',
				/then publish a new version.*Missing: `approval:approval` or `approval:approval:readonly` or `approval:instance`\./,
				99991672,
			),
		);
		const url = `https://open.feishu.cn/app/${SANDBOX_APP.app_id}/auth?q=approval:approval,approval:approval:readonly,approval:instance`;
		expect(error?.description).toContain(`<a href="${url}" target="_blank">`);
	});

	it('99991672: a scope for user IDs says that open IDs work without it', async () => {
		app().scopes = ['approval:approval'];
		expect(
			await cc({ userIdType: 'user_id', userId: APPROVER.user_id, ccUserIds: COLLEAGUE.user_id }),
		).toEqual(
			explained(
				'The app lacks a permission',
				/Missing: `contact:user\.employee_id:readonly`\. It is needed for user IDs.*open IDs work without it/,
				99991672,
			),
		);
	});
});

describe('99991672 without a link from Feishu', () => {
	const page = (scopes: string) =>
		`<a href="${harness.sandbox.url}/page/scope-apply?clientID=${SANDBOX_APP.app_id}&amp;scopes=${scopes}" target="_blank">`;

	it('links to the page that asks for the scopes', async () => {
		const violations = [{ type: 'action_scope_required', subject: 'approval:instance' }];
		meet(99991672, 'Access denied', { permission_violations: violations });
		const error = await get();
		expect(error?.description).toContain('Missing: `approval:instance`.');
		expect(error?.description).toContain(page('approval%3Ainstance'));
	});

	it('takes the scopes from the text where no details came', async () => {
		harness.sandbox.faults.add({
			on: 'get',
			fault: {
				kind: 'answer',
				status: 400,
				body: { code: 99991672, msg: 'Access denied. One of: [approval:a, approval:b]', data: {} },
			},
		});
		const error = await get();
		expect(error?.description).toContain('Missing: `approval:a` or `approval:b`.');
		expect(error?.description).toContain(page('approval%3Aa%2Capproval%3Ab'));
	});

	it('reads the other spelling of the details', async () => {
		meet(99991672, 'no', { permission_violations: [{ scope: 'approval:c', url: 'x' }] });
		expect((await get())?.description).toContain('Missing: `approval:c`.');
	});

	it('names nothing where nothing is named', async () => {
		meet(99991672, 'no');
		expect((await get())?.description).not.toContain('Missing');
	});
});
