import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startHarness, type Harness } from '../../../../engine/harness';
import { tunable } from '../../../../engine/tunable';
import {
	codeIn,
	commentIn,
	expectExplained,
	expectJson,
	fits,
	flagIn,
	idIn,
	inRuns,
	judgeEach,
	mostly,
} from '../../../../hostile/judge';
import { anyValue, hostileText } from '../../../../hostile/values';
import { ACCOUNTANT, APPROVER, COLLEAGUE, type Instance } from '../../../../../sandbox';

const { LIMITS, TIMEOUTS } = tunable();

const PATH = '/open-apis/approval/v4/instances/';
const USER_ID_TYPES = ['open_id', 'union_id', 'user_id'];
const PEOPLE = [ACCOUNTANT, APPROVER, COLLEAGUE].map(({ open_id }) => open_id);

let harness: Harness;
let instance: Instance;
beforeAll(async () => {
	const open = [{ calls: 1_000_000, ms: 1 }];
	Object.assign(LIMITS, { getInstance: open, ccInstance: open });
	Object.assign(TIMEOUTS, { settleMs: 0, lateMs: 0 });
	// Whoever was copied is not written down again: the timeline stays short.
	harness = await startHarness({ limits: false, dedupeCc: true });
	instance = harness.sandbox.addInstance({ instance_code: 'I', approval_code: 'A', timeline: [] });
});
afterAll(async () => await harness.close());

const anyItem = fc.record({
	approvalCode: mostly(fc.constant('A'), anyValue),
	instanceCode: mostly(fc.constant('I'), anyValue),
	userId: mostly(fc.constant(APPROVER.open_id), anyValue),
	userIdType: mostly(fc.constantFrom('open_id', ...USER_ID_TYPES, 'open_id'), anyValue),
	ccUserIds: mostly(
		fc.oneof(fc.subarray(PEOPLE, { minLength: 1 }), fc.constant(PEOPLE.join('，'))),
		fc.oneof(anyValue, fc.array(fc.oneof(fc.constantFrom(...PEOPLE), hostileText))),
		2,
	),
	comment: mostly(fc.constantFrom(undefined, 'for your information'), anyValue),
	skipAlreadyCopied: mostly(fc.boolean(), anyValue),
	combine: mostly(fc.boolean(), anyValue),
});
type Item = typeof anyItem extends fc.Arbitrary<infer T> ? T : never;

const expression = (name: keyof Item) => `={{ $json.${name} }}`;
const PARAMETERS: INodeParameters = {
	approvalCode: expression('approvalCode'),
	instanceCode: expression('instanceCode'),
	userId: expression('userId'),
	userIdType: expression('userIdType'),
	ccUserIds: expression('ccUserIds'),
	options: {
		comment: expression('comment'),
		skipAlreadyCopied: expression('skipAlreadyCopied'),
		combine: expression('combine'),
	},
};

/** The people that the field CC User IDs names; nothing if it cannot work. */
function peopleIn(value: unknown): string[] | undefined {
	const texts: unknown[] = Array.isArray(value) ? value : [value ?? ''];
	if (!texts.every((text) => typeof text === 'string')) return undefined;
	const isBlank = (text: string) => /^[\p{Cf},，、;；\s]*$/u.test(text);
	if (Array.isArray(value) && texts.some(isBlank)) return undefined;
	const ids = texts
		.flatMap((text) => text.split(/[,，、;；\s]/))
		.map(idIn)
		.filter((id) => id !== '');
	const isWrong = ids.length === 0 || ids.includes(undefined);
	return isWrong ? undefined : [...new Set(ids as string[])];
}

interface Body {
	approval_code: string;
	instance_code: string;
	user_id: string;
	cc_user_ids: string[];
	comment?: string;
}

/** The copy that an item asks for. */
interface Wanted {
	/** All of its call but the people. */
	call: string;
	people: string[];
	code: string;
	skip: boolean;
	combine: boolean;
}

function wanted(item: Item): Wanted | undefined {
	const { userIdType, skipAlreadyCopied, combine } = item;
	const approval = codeIn(item.approvalCode);
	const code = codeIn(item.instanceCode);
	const userId = idIn(item.userId);
	const comment = commentIn(item.comment ?? '');
	const people = peopleIn(item.ccUserIds);
	const flags = { skip: flagIn(skipAlreadyCopied), combine: flagIn(combine) };
	const isWrong =
		approval === undefined ||
		code === undefined ||
		userId === undefined ||
		userId === '' ||
		!USER_ID_TYPES.includes(userIdType as string) ||
		people === undefined ||
		!fits(userIdType, [userId, ...people]) ||
		comment === undefined ||
		flags.skip === undefined ||
		flags.combine === undefined ||
		(flags.skip && userIdType === 'union_id');
	if (isWrong) return undefined;
	// A comment that holds nothing to read is not sent.
	const said = comment.trim() === '' ? '' : comment;
	const call = JSON.stringify([{ user_id_type: userIdType }, approval, code, userId, said]);
	return { call, people, code, skip: flags.skip!, combine: flags.combine! };
}

/** Whether the platform has no reason to refuse what an item asks for. */
function isKnown({ userIdType, userId, approvalCode }: Item, { people, code }: Wanted): boolean {
	const isRight = userIdType === 'open_id' && code === 'I' && codeIn(approvalCode) === 'A';
	return isRight && [idIn(userId), ...people].every((id) => PEOPLE.includes(id!));
}

function judge(item: Item, json: IDataObject): void {
	expectJson(json);
	const want = wanted(item);
	if (want === undefined) return expectExplained(json, 'field');
	if ('error' in json) {
		expect(isKnown(item, want)).toBe(false);
		return expectExplained(json, 'Feishu');
	}
	const { cc_user_ids: copied, skipped_user_ids: skipped } = json as Record<string, string[]>;
	expect(json.success).toBe(true);
	expect([...copied, ...skipped].sort()).toEqual([...want.people].sort());
}

/** The people of each call that was made, by all else of the call; looks at timelines are checked. */
function sent(wants: Wanted[]): Map<string, string[][]> {
	const looks = wants
		.filter(({ skip, combine }) => skip || combine)
		.map(({ code }) => PATH + encodeURIComponent(code));
	const calls = new Map<string, string[][]>();
	for (const { endpoint, method, path, query, body } of harness.sandbox.journal) {
		if (endpoint === 'exchange') continue;
		if (method === 'GET') {
			expect(looks).toContain(path);
			expect(query).toEqual({});
			continue;
		}
		expect([method, path]).toEqual(['POST', `${PATH}cc`]);
		const { approval_code, instance_code, user_id, cc_user_ids, comment, ...rest } = body as Body;
		expect(rest).toEqual({});
		expect(new Set(cc_user_ids).size).toBe(cc_user_ids.length);
		const call = JSON.stringify([query, approval_code, instance_code, user_id, comment ?? '']);
		calls.set(call, [...(calls.get(call) ?? []), cc_user_ids]);
	}
	return calls;
}

/** Every copy was asked for as it was wanted, once, and nothing else was asked. */
function expectAsked(wants: Wanted[]): void {
	const calls = sent(wants);
	for (const { call, people, skip, combine } of wants) {
		if (skip) continue;
		const lists = calls.get(call) ?? [];
		if (combine) expect(lists.flat()).toEqual(expect.arrayContaining(people));
		else expect(lists.map(String)).toContain(String(people));
	}
	for (const [call, lists] of calls) {
		const same = wants.filter((want) => want.call === call);
		const people = new Set(same.flatMap((want) => want.people));
		expect(lists.flat().filter((id) => !people.has(id))).toEqual([]);
		// Rows that were combined and refused together are sent one by one afterwards.
		const groups = new Set(same.filter(({ combine }) => combine).map(({ skip }) => skip));
		expect(lists.length).toBeLessThanOrEqual(same.length + groups.size);
	}
}

it('whatever the fields of CC Instance hold, only what they ask for is sent', async () => {
	await inRuns(anyItem, async (items) => {
		harness.sandbox.journal.length = 0;
		instance.timeline.length = 0;
		const step = { onError: 'continueRegularOutput' } as const;
		const { error, json } = await harness.cc(PARAMETERS, items as IDataObject[], step);
		expect(error).toBeUndefined();
		const results = json('CC');
		expect(results).toHaveLength(items.length);
		judgeEach(items, (item, index) => judge(item, results[index]));
		expectAsked(items.map(wanted).filter((want) => want !== undefined));
	});
}, 1_200_000);
