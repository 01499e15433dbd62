/* eslint-disable @n8n/community-nodes/no-hardcoded-secrets -- sample data, nothing here opens a door */
import { startHarness, type Harness } from '../../../../engine/harness';
import { EXPENSE_INSTANCE } from '../../../../../sandbox';

const NOON = '2026-01-15T12:00:00+08:00';
const EVENING = '2026-01-15T18:00:00+08:00';
const MORNING = '2026-10-09T08:00:00+08:00';
const NIGHT = '2026-10-09T22:00:00+08:00';
const SPAN = { start: NOON, end: EVENING, interval: 6 };
const FILE = 'https://internal-api-drive-stream.feishu.cn/space/api/box/stream/download/all/';

/** What a builder sees of a form with every type of control. */
const FORM_VALUES = {
	subject: 'Trip "Q1"',
	Reason: 'First line\nSecond line',
	due: NOON,
	Period: { start: NOON, end: EVENING, interval: 2 },
	Persons: 3,
	total: 1234.56,
	'total currency': 'CNY',
	'Per head': 411.52,
	Urgent: 'No',
	category: 'Travel',
	Extras: ['Hotel'],
	Means: ['Train', 'Taxi'],
	Companion: ['b1c39e27'],
	'Companion open_ids': ['ou_7d8a6e6df7621556ce0d21922b676706'],
	Department: [{ open_id: 'od-8ec33ffec336c3a39a278bc25e931676' }],
	'Department open_ids': ['od-8ec33ffec336c3a39a278bc25e931676'],
	'Related approval': ['81D31358-93AF-92D6-7425-01A5D67C4E71'],
	Plan: {
		token: 'doccnGvx9Zp8Q7Yk2nWtGJvVbXc',
		type: 'doc',
		title: 'Plan',
		url: 'https://sample.feishu.cn/docx/doccnGvx9Zp8Q7Yk2nWtGJvVbXc',
	},
	Receipts: [`${FILE}1?x-expires=1768486800&x-signature=a%3D`, `${FILE}2?x-expires=1768486800`],
	'Receipts names': ['hotel.pdf', 'train.pdf'],
	'Old receipts': [`${FILE}3`],
	Photo: [`${FILE}4`],
	'Photo names': ['photo.png'],
	Photos: [`${FILE}5`, `${FILE}6`],
	items: [
		{ Item: 'Hotel', Cost: 900 },
		{ Item: 'Train', Cost: 334.56 },
	],
	Place: 'China/Beijing/Beijing/Chaoyang Qu/chang an jie',
	Telephone: '+8613100000000',
	'Leave (old)': { name: 'Annual leave', ...SPAN },
	Leave: { name: 'Annual leave', ...SPAN, unit: 'HOUR', reason: 'Family' },
	Overtime: { name: 'Workday', ...SPAN, reason: 'Release' },
	Trip: {
		schedule: [
			{
				...SPAN,
				departure: 'Beijing',
				destination: 'Shanghai',
				transport: 'Train',
				oneRound: 'Round trip',
				remark: '',
			},
		],
		interval: 0.5,
		reason: 'Customer visit',
		peer: ['b1c39e27'],
	},
	Shift: { shiftTime: NOON, returnTime: EVENING, reason: 'Swap' },
	Remedy: { time: NOON, reason: 'Forgot' },
	'Out of office': { ...SPAN, reason: 'Bank' },
	'Budget lines': [{ column1: 'Travel' }, { column1: 'Food' }],
	Note: 'Keep the receipts.',
	'Bank account': { account_name: 'Sample' },
	Number: 'EX-0017',
	Correction: { remedyTime: NOON },
	Joining: {},
	Probation: {},
	Transfer: {},
	Leaving: {},
	Location: { latitude: '39.9', longitude: '116.4' },
	'Shift change': {},
	leave_parts: { Type: 'Annual', Start: MORNING, Duration: '1', Reason: null },
	overtime_parts: {
		Workers: ['ou_a', 'ou_b'],
		Ranges: [
			{
				Start: MORNING,
				End: NIGHT,
				Proof: ['https://files.example/row/1?sign=a,b'],
				'Proof names': ['row 1.png'],
			},
			{
				Start: NIGHT,
				End: MORNING,
				Proof: ['https://files.example/row/2?sign=a,b'],
				'Proof names': ['row 2.png'],
			},
		],
	},
	new_position: { Job: 'Engineer', From: { Day: MORNING } },
	Delegate: ['ou_d'],
	'Delegate open_ids': ['ou_d'],
	Witness: ['ou_1'],
	'Witness open_ids': ['ou_1'],
	Heads: ['u1'],
	'Heads open_ids': ['ou_u1'],
	Teams: [
		{ name: 'Sales', open_id: 'od-x' },
		{ name: 'Support', open_id: 'od-y' },
	],
	'Teams open_ids': ['od-x', 'od-y'],
	Contracts: ['https://files.example/a.pdf?x=1,2', 'https://files.example/b.pdf'],
	'Contracts names': ['a, draft.pdf', 'b.pdf'],
	Scan: ['https://files.example/scan.png'],
	Day: MORNING,
	Sum: 12.5,
	Budget: 100.5,
	'Budget currency': 'EUR',
	Requests: ['81D31358-93AF-92D6-7425-01A5D67C4E71'],
	Priority: 'High',
	Needs: ['Car', 'Hotel'],
};

let harness: Harness;

beforeAll(async () => {
	harness = await startHarness();
});
afterAll(async () => await harness.close());

async function read(instanceCode: string) {
	const options = { nestedMutableGroup: true };
	const { json, error } = await harness.get({ instanceCode, options });
	expect(error).toBeUndefined();
	return json('Get')[0];
}

it('a form with every type of control becomes one plain object', async () => {
	const item = await read(EXPENSE_INSTANCE.instance_code!);
	expect(item.form_values).toEqual(FORM_VALUES);
	expect(Object.keys(item.form_values as object)).toEqual(Object.keys(FORM_VALUES));
	expect(item).not.toHaveProperty('form');
});

it('controls with the same name are kept apart', async () => {
	const form = JSON.stringify(
		['a', 'b', 'c'].map((value, index) => ({
			id: `widget${index}`,
			name: 'Reason',
			type: 'textarea',
			value,
		})),
	);
	const { instance_code } = harness.sandbox.addInstance({ form });
	expect((await read(instance_code)).form_values).toEqual({
		Reason: 'a',
		'Reason (2)': 'b',
		'Reason (3)': 'c',
	});
});
