import { readEvent } from '../../../../nodes/FeishuApprovalTrigger/events/envelope';
import {
	APPROVAL,
	attendanceCorrection,
	businessTrip,
	ccChanged,
	definitionUpdated,
	EVENT_ID,
	INSTANCE,
	instanceChanged,
	oldApproval,
	revoked,
	taskChanged,
	TOKEN,
	v1,
	v2,
} from '../samples';

const MS = 1666079207003;

describe('an event', () => {
	it('of the first envelope has its own ID, not that of the instance', () => {
		expect(readEvent(instanceChanged())).toMatchObject({
			id: EVENT_ID,
			type: 'approval_instance',
			approvalCode: APPROVAL,
			instanceCode: INSTANCE,
			status: 'APPROVED',
			token: TOKEN,
			appId: 'cli_xxx',
			at: MS,
			event: { uuid: '6525bffb' },
		});
	});

	it('of the second envelope has its ID in the header', () => {
		expect(readEvent(definitionUpdated())).toMatchObject({
			id: EVENT_ID,
			type: 'approval.approval.updated_v4',
			approvalCode: APPROVAL,
			instanceCode: undefined,
			status: undefined,
			token: TOKEN,
			appId: 'cli_xxx',
			at: 1736763698000,
		});
	});

	it.each([
		['trip', businessTrip()],
		['correction', attendanceCorrection()],
	])('of a %s has an instance but no definition', (_name, body) => {
		expect(readEvent(body)).toMatchObject({
			approvalCode: undefined,
			instanceCode: INSTANCE,
			status: 'APPROVED',
			at: 1603977298000,
		});
	});

	it.each([
		['text of ms', String(MS), MS],
		['a number of ms', MS, MS],
		['text of seconds', '1666079207', 1666079207000],
		['a number of seconds', 1666079207, 1666079207000],
	])('happened when it says, in %s', (_name, operate_time, at) => {
		expect(readEvent(revoked('out_approval_revert', operate_time))?.at).toBe(at);
	});

	it.each([
		['', '1502199207.7171419', 1502199207717],
		['soon', 1502199207, 1502199207000],
		[null, undefined, undefined],
		[{}, [], undefined],
		[0, '0', undefined],
		[-5, '99999999999999999999', undefined],
	])('without a time (%j) happened when it was sent (%j)', (operate_time, ts, at) => {
		expect(readEvent(v1({ type: 'approval_instance', operate_time }, { ts }))?.at).toBe(at);
	});

	it('of the second envelope may have the time of its creation in seconds', () => {
		const head = { create_time: undefined, event_create_time: '1502199207.7171419' };
		expect(readEvent(v2('im.message.receive_v1', {}, head))?.at).toBe(1502199207717);
	});

	it('has texts where the platform has numbers', () => {
		const body = taskChanged({ instance_code: 17, approval_code: 18 }, { uuid: 19 });
		expect(readEvent(body)).toMatchObject({ id: '19', instanceCode: '17', approvalCode: '18' });
	});

	it('keeps all that came but the token', () => {
		expect(JSON.stringify(readEvent(instanceChanged())?.envelope)).not.toContain(TOKEN);
		expect(JSON.stringify(readEvent(definitionUpdated())?.envelope)).not.toContain(TOKEN);
		expect(readEvent(definitionUpdated())?.envelope).toMatchObject({
			schema: '2.0',
			header: { event_id: EVENT_ID, tenant_key: 'xxx' },
			event: { object: { approval_code: APPROVAL } },
		});
	});

	it.each([
		['approve', 'APPROVED'],
		['reject', 'REJECTED'],
		['cancel', 'CANCELED'],
		['withdraw', 'CANCELED'],
		['delete', 'DELETED'],
		['Approve', 'APPROVED'],
		['paused', 'PAUSED'],
	])('of the old type "approval" that says %s is a change to %s', (word, status) => {
		expect(readEvent(oldApproval(word))).toMatchObject({
			type: 'approval',
			approvalCode: APPROVAL,
			instanceCode: INSTANCE,
			status,
		});
	});
});

describe('an event without an ID', () => {
	const id = (body: unknown) => readEvent(body)?.id;
	const without = { uuid: undefined };

	it.each([[undefined], [''], [' '], [null], [{}]])('(%j) has one of what happened', (uuid) => {
		expect(id(taskChanged({}, { uuid }))).toMatch(/^[\w-]{32}$/);
	});

	it('has the same one when it is sent again, whenever that is', () => {
		const again = taskChanged({ operate_time: 1502199207000 }, { ...without, ts: '1502199222.1' });
		expect(id(again)).toBe(id(taskChanged({}, without)));
	});

	it.each([
		['another status', { status: 'APPROVED' }],
		['another task', { task_id: '12346' }],
		['another instance', { instance_code: APPROVAL }],
		['another time', { operate_time: '1502199207001' }],
		['another person', { open_id: 'ou_other' }],
		['another type', { type: 'approval_instance' }],
	])('has another one for %s', (_name, change) => {
		expect(id(taskChanged(change, without))).not.toBe(id(taskChanged({}, without)));
	});

	it('has one of all it says where it says neither what nor when', () => {
		const said = (text: string) => v2('im.message.receive_v1', { text }, { event_id: '' });
		expect(id(said('one'))).toBe(id(said('one')));
		expect(id(said('one'))).not.toBe(id(said('two')));
	});

	it('is no other than one with a CC of its own', () => {
		const cc = (more: object) => id({ ...ccChanged({ ...more }), uuid: '' });
		expect(cc({ id: '1' })).not.toBe(cc({ id: '2' }));
		expect(cc({ operate: 'CREATE' })).not.toBe(cc({ operate: 'READ' }));
	});
});

it('an ID too long for a key is made short, and stays one of its own', () => {
	const [one, other] = ['1', '2'].map(
		(end) => readEvent(taskChanged({}, { uuid: 'x'.repeat(500) + end }))?.id,
	);
	expect(one).toMatch(/^[\w-]{32}$/);
	expect(one).not.toBe(other);
});

/** `[[[…]]]` */
function nested(levels: number): unknown {
	let value: unknown = 1;
	for (let level = 0; level < levels; level++) value = [value];
	return value;
}

describe('no event is', () => {
	it.each([
		['nothing', undefined],
		['null', null],
		['a text', 'event'],
		['a list', [instanceChanged()]],
		['an object without an event', { uuid: 'x', type: 'event_callback' }],
		['an event that is a text', { uuid: 'x', event: 'approval_instance' }],
		['an event that is a list', { uuid: 'x', event: [{ type: 'approval_instance' }] }],
		['an event without a type', v1({})],
		['an event with an empty type', v1({ type: ' ' })],
		['an event whose type is no text', v1({ type: { name: 'approval_instance' } })],
		['a second envelope without a header', { schema: '2.0', event: { type: 'approval_task' } }],
		['a second envelope whose header is a text', { schema: '2.0', header: 'x', event: {} }],
		['a second envelope without a type', v2('', { object: {} })],
		['a URL check', { challenge: 'x', token: TOKEN, type: 'url_verification' }],
		['what is nested too deeply', v1({ type: 'approval_task', extra: nested(70) })],
		['what is nested without end', v1({ type: 'approval_task', extra: nested(100_000) })],
	])('%s', (_name, body) => {
		expect(readEvent(body)).toBeUndefined();
	});

	it('but what is nested less deeply is', () => {
		expect(readEvent(v1({ type: 'approval_task', extra: nested(60) }))).toBeDefined();
	});
});
