import {
	INSTANCE_STATUSES,
	processStatusOf,
	SEARCHED_AS,
	statusOf,
	taskStatusOf,
} from '../../approval/statuses';

describe('a status', () => {
	it.each([
		['pending', 'PENDING'],
		['Approved', 'APPROVED'],
		['canceled', 'CANCELED'],
		['CANCELLED', 'CANCELED'],
		['RECALL', 'CANCELED'],
		['withdrawn', 'CANCELED'],
		['REJECT', 'REJECTED'],
		['rm_repeat', 'RM_REPEAT'],
		['hidden', 'HIDDEN'],
		['something new', 'SOMETHING NEW'],
		['', null],
		[undefined, null],
		[null, null],
	])('%j is %j, in the words of Get Instance', (status, word) => {
		expect(statusOf(status)).toBe(word);
	});

	it('is the same after it was searched for', () => {
		for (const status of INSTANCE_STATUSES) expect(statusOf(SEARCHED_AS[status])).toBe(status);
	});
});

it.each([
	['1', 'PENDING'],
	[1, 'PENDING'],
	['Todo', 'PENDING'],
	['2', 'DONE'],
	['Done', 'DONE'],
	['17', 'UNREAD'],
	['18', 'READ'],
	['33', 'PROCESSING'],
	['Processing', 'PROCESSING'],
	[34, 'CANCELED'],
	['Withdraw', 'CANCELED'],
	['99', '99'],
	[{ a: 1 }, { a: 1 }],
])('a task whose status is %j is %j', (status, word) => {
	expect(taskStatusOf(status)).toEqual(word);
});

it.each([
	['0', null],
	['None', null],
	['1', 'PENDING'],
	['Running', 'PENDING'],
	[2, 'APPROVED'],
	['3', 'REJECTED'],
	['4', 'CANCELED'],
	['5', 'ENDED'],
	['Terminated', 'ENDED'],
])('an instance whose process status is %j is %j', (status, word) => {
	expect(processStatusOf(status)).toBe(word);
});
