import type { IDataObject, INodeParameters } from 'n8n-workflow';

import {
	businessError,
	COLLEAGUE,
	INITIATOR,
	serverError,
	type Endpoint,
	type Instance,
} from '../../../../../sandbox';
import type { Outcome, Step } from '../../../../engine/engine';
import { startHarness, type Harness } from '../../../../engine/harness';
import { tunable } from '../../../../engine/tunable';

const { TIMEOUTS } = tunable();
const RETRY_ON_FAIL = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

let harness: Harness;
let instance: Instance;
beforeEach(async () => {
	Object.assign(TIMEOUTS, { pauseMs: 1, settleMs: 10, lateMs: 10 });
	harness = await startHarness();
	instance = harness.sandbox.addInstance({ timeline: [] });
});
afterEach(async () => await harness.close());

function step(operation: string, parameters: INodeParameters, more: Partial<Step> = {}): Step {
	const who = { instanceCode: instance.instance_code, userId: INITIATOR.open_id };
	return {
		name: 'Comment',
		parameters: { resource: 'comment', operation, ...who, ...parameters },
		...more,
	};
}

const run = async (
	operation: string,
	parameters: INodeParameters = {},
	input: IDataObject[] = [{}],
): Promise<Outcome> => await harness.engine.run([step(operation, parameters)], input);

const texts = () =>
	(instance.comments ?? []).map(({ content }) => (JSON.parse(content) as { text: string }).text);
const lose = (on: Endpoint, when: 'before' | 'after', times = 1) =>
	harness.sandbox.faults.add({ on, times, fault: { kind: 'reset', when } });

describe('Create Comment', () => {
	it('writes the comment and mentions people by email address', async () => {
		const mention = [{ name: '赵', person: COLLEAGUE.email! }];
		const { json, error } = await run('create', {
			text: '请看 @赵',
			options: { mentions: { mention } },
		});
		expect(error).toBeUndefined();
		expect(json('Comment')).toEqual([
			{
				success: true,
				comment_id: instance.comments?.[0].id,
				instance_code: instance.instance_code,
				user_id: INITIATOR.open_id,
				user_id_type: 'open_id',
			},
		]);
		expect(harness.sandbox.calls('createComment')[0].body).toMatchObject({
			content: '{"text":"请看 @赵"}',
			at_info_list: [{ user_id: COLLEAGUE.open_id, name: '赵', offset: '3' }],
		});
	});

	it('replies, and changes a comment that is there', async () => {
		const { json } = await run('create', { text: 'first' });
		const [{ comment_id: id }] = json('Comment') as Array<{ comment_id: string }>;
		await run('create', { text: 'reply', options: { parentCommentId: id } });
		await run('create', { text: 'changed', options: { commentId: id } });
		expect(texts()).toEqual(['changed']);
		expect(instance.comments?.[0].replies).toHaveLength(1);
	});

	it('is found after its answer got lost, with its ID', async () => {
		lose('createComment', 'after');
		const { json, error } = await run('create', { text: 'once' });
		expect(error).toBeUndefined();
		expect(texts()).toEqual(['once']);
		expect(json('Comment')).toMatchObject([
			{ comment_id: instance.comments?.[0].id, note: expect.stringContaining('nothing was sent') },
		]);
	});

	it('is written where the call got lost', async () => {
		lose('createComment', 'before');
		expect((await run('create', { text: 'once' })).error).toBeUndefined();
		expect(texts()).toEqual(['once']);
	});

	it('is not taken for one with the same words that this execution wrote before', async () => {
		const fault = { kind: 'reset', when: 'before' } as const;
		let calls = 0;
		harness.sandbox.faults.add({
			on: (entry) => entry.endpoint === 'createComment' && ++calls === 2,
			fault,
		});
		const { error } = await run('create', { text: 'same' }, [{}, {}]);
		expect(error).toBeUndefined();
		expect(texts()).toEqual(['same', 'same']);
	});

	it('is not taken for that of somebody else, nor for an old one', async () => {
		await run('create', { text: 'same', userId: COLLEAGUE.open_id });
		await run('create', { text: 'same' });
		instance.comments![1].create_time = '1600000000000';
		lose('createComment', 'before');
		expect((await run('create', { text: 'same' })).error).toBeUndefined();
		expect(texts()).toEqual(['same', 'same', 'same']);
	});

	it('is written once by an execution that is tried again', async () => {
		lose('createComment', 'after');
		harness.sandbox.faults.add({ on: 'listComments', times: 4, fault: serverError(502) });
		const { error } = await harness.engine.run([step('create', { text: 'once' }, RETRY_ON_FAIL)]);
		expect(error).toBeUndefined();
		expect(texts()).toEqual(['once']);
	});

	it('is refused without words', async () => {
		const { error } = await run('create', { text: '={{ "  " }}' });
		expect(error?.message).toBe('Text is empty');
		expect(harness.sandbox.journal).toEqual([]);
	});
});

describe('deleting', () => {
	const comment = async (): Promise<string> => {
		const { json } = await run('create', { text: 'x' });
		return String(json('Comment')[0].comment_id);
	};

	it.each(['after', 'before'] as const)(
		'is done once where an answer got lost %s',
		async (when) => {
			const commentId = await comment();
			lose('deleteComment', when);
			const { json, error } = await run('delete', { commentId });
			expect(error).toBeUndefined();
			expect(json('Comment')).toMatchObject([
				{ deleted: true, comment_id: commentId, instance_code: instance.instance_code },
			]);
			expect(harness.sandbox.calls('deleteComment').filter((call) => call.carriedOut)).toHaveLength(
				1,
			);
		},
	);

	it('deletes all', async () => {
		await comment();
		await comment();
		lose('removeComments', 'after');
		const { json } = await run('deleteAll');
		expect(json('Comment')).toMatchObject([{ deleted: true }]);
		expect(instance.comments?.map((one) => one.is_delete)).toEqual([1, 1]);
		expect(harness.sandbox.calls('removeComments')).toHaveLength(1);
	});
});

describe('subscribing to a definition', () => {
	const subscribe = async (operation = 'subscribe'): Promise<Outcome> =>
		await harness.engine.run([
			{
				name: 'Definition',
				parameters: { resource: 'definition', operation, approvalCode: instance.approval_code },
			},
		]);

	it('is a success the second time, too, and says so', async () => {
		const output = { success: true, approval_code: instance.approval_code };
		expect((await subscribe()).json('Definition')).toEqual([{ ...output, already: false }]);
		expect((await subscribe()).json('Definition')).toEqual([{ ...output, already: true }]);
		expect((await subscribe('unsubscribe')).json('Definition')).toEqual([
			{ ...output, already: false },
		]);
		expect(harness.sandbox.subscriptions.size).toBe(0);
	});

	it.each(['after', 'before'] as const)(
		'finds out by a second try (lost %s the work)',
		async (when) => {
			lose('subscribe', when);
			const { json } = await subscribe();
			expect(json('Definition')).toMatchObject([
				{ success: true, already: false, note: expect.stringContaining('A second try showed') },
			]);
			expect(harness.sandbox.subscriptions.size).toBe(1);
		},
	);

	it('says that nobody knows where no try is answered', async () => {
		lose('subscribe', 'before', 10);
		const { error } = await subscribe();
		expect(error?.message).toBe('It is not known whether the subscription was changed');
		expect(error?.description).toContain('to do it twice does no harm');
	});

	it('is refused with its reason', async () => {
		harness.sandbox.faults.add({ on: 'subscribe', fault: businessError(1390002, 'not found') });
		expect((await subscribe()).error?.message).toBe('The approval code was not found');
	});
});
