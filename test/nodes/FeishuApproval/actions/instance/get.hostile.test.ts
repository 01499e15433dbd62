import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { readForm } from '../../../../../approval/form';
import { startHarness, type Harness } from '../../../../engine/harness';
import { tunable } from '../../../../engine/tunable';
import { anyForm } from '../../../../hostile/forms';
import {
	codeIn,
	expectExplained,
	expectJson,
	fits,
	flagIn,
	idIn,
	inRuns,
	judgeEach,
	mostly,
} from '../../../../hostile/judge';
import { anyValue } from '../../../../hostile/values';
import { COLLEAGUE, LOCALES } from '../../../../../sandbox';

const { LIMITS } = tunable();

const PATH = '/open-apis/approval/v4/instances/';
const USER_ID_TYPES = ['open_id', 'union_id', 'user_id'];
const FORMS = fc
	.sample(anyForm, { numRuns: 300, seed: 1 })
	// Without being asked for them, the platform leaves these out.
	.filter((form) => !form.includes('mutableGroup'));

let harness: Harness;
beforeAll(async () => {
	LIMITS.getInstance = [{ calls: 1_000_000, ms: 1 }];
	harness = await startHarness({ limits: false });
	for (const [index, form] of FORMS.entries()) {
		harness.sandbox.addInstance({ instance_code: `form ${index}`, form });
	}
});
afterAll(async () => await harness.close());

const anyItem = fc.record({
	code: mostly(
		fc.nat({ max: FORMS.length - 1 }).map((index) => `form ${index}`),
		anyValue,
		1,
	),
	simplify: mostly(fc.boolean(), anyValue),
	locale: mostly(fc.constantFrom(undefined, ...LOCALES), anyValue),
	userId: mostly(fc.constantFrom(undefined, COLLEAGUE.open_id), anyValue),
	userIdType: mostly(fc.constantFrom(undefined, ...USER_ID_TYPES), anyValue),
	nestedMutableGroup: mostly(fc.constantFrom(undefined, true, false), anyValue),
	concurrency: mostly(fc.constantFrom(undefined, 1, 10, '7'), anyValue),
});
type Item = typeof anyItem extends fc.Arbitrary<infer T> ? T : never;

const PARAMETERS: INodeParameters = {
	instanceCode: '={{ $json.code }}',
	simplify: '={{ $json.simplify }}',
	options: {
		locale: '={{ $json.locale }}',
		userId: '={{ $json.userId }}',
		userIdType: '={{ $json.userIdType }}',
		nestedMutableGroup: '={{ $json.nestedMutableGroup }}',
		concurrency: '={{ $json.concurrency }}',
	},
};

/** Whether so many calls can be made at once. */
function isCount(value: unknown): boolean {
	const count = typeof value === 'string' ? Number(value) : value;
	return Number.isInteger(count) && (count as number) >= 1;
}

/** Path and query of the request that an item asks for; nothing if one of its fields cannot work. */
function request(item: Item): string | undefined {
	const { locale, userIdType, nestedMutableGroup: nested } = item;
	const code = codeIn(item.code);
	const userId = idIn(item.userId ?? '');
	const isWrong =
		code === undefined ||
		flagIn(item.simplify) === undefined ||
		!isCount(item.concurrency ?? (item.concurrency === undefined ? 10 : NaN)) ||
		(locale !== undefined && !LOCALES.includes(locale as string)) ||
		userId === undefined ||
		!fits(userIdType ?? 'open_id', [userId]) ||
		(userIdType !== undefined && !USER_ID_TYPES.includes(userIdType as string)) ||
		(nested !== undefined && flagIn(nested) === undefined);
	if (isWrong) return undefined;
	const query = {
		...(locale === undefined ? {} : { locale }),
		...(userId === '' ? {} : { user_id: userId }),
		...(userIdType === undefined ? {} : { user_id_type: userIdType }),
		...(nested === undefined ? {} : { nested_mutable_group: String(flagIn(nested)) }),
	};
	return JSON.stringify([PATH + encodeURIComponent(code), query]);
}

/** The form of the instance that an item asks for, if there is one. */
function formOf({ code }: Item): string | undefined {
	return FORMS[Number(/^form (\d+)$/.exec(codeIn(code)!)?.[1])];
}

/** Whether the platform has no reason to refuse what an item asks for. */
function isKnown(item: Item): boolean {
	const userId = idIn(item.userId ?? '');
	const isColleague = userId === COLLEAGUE.open_id && (item.userIdType ?? 'open_id') === 'open_id';
	return formOf(item) !== undefined && (userId === '' || isColleague);
}

function judge(item: Item, json: IDataObject): void {
	expectJson(json);
	if (request(item) === undefined) return expectExplained(json, 'field');
	if ('error' in json) {
		expect(isKnown(item)).toBe(false);
		return expectExplained(json, 'Feishu');
	}
	const form = formOf(item);
	if (form === undefined) return;
	if (flagIn(item.simplify))
		expect(JSON.stringify(json.form_values)).toBe(JSON.stringify(readForm(form).values));
	else expect(json.form).toBe(form);
}

it('whatever the fields of Get Instance hold, only what they ask for is asked', async () => {
	await inRuns(anyItem, async (items) => {
		harness.sandbox.journal.length = 0;
		const step = { onError: 'continueRegularOutput' } as const;
		const { error, json } = await harness.get(PARAMETERS, items as IDataObject[], step);
		expect(error).toBeUndefined();
		const results = json('Get');
		expect(results).toHaveLength(items.length);
		judgeEach(items, (item, index) => judge(item, results[index]));

		const asked = harness.sandbox.journal
			.filter(({ endpoint }) => endpoint !== 'exchange')
			.map(({ method, path, query }) => method + JSON.stringify([path, query]));
		const wanted = items.map(request).filter((wish) => wish !== undefined);
		expect(new Set(asked)).toEqual(new Set(wanted.map((wish) => `GET${wish}`)));
	});
}, 1_200_000);
