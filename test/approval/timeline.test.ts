import { copiedPeople, copyEntries } from '../../approval/timeline';

const people = (timeline: unknown) => {
	const { ids, incomplete } = copiedPeople(copyEntries(timeline, 'open_id'));
	return { ids: [...ids], incomplete };
};
const nobody = { ids: [], incomplete: false };
const cc = (fields: object) => ({ type: 'CC', create_time: '1000', ext: '', ...fields });

describe('who was copied, by the timeline', () => {
	it.each([
		['a list of IDs', { open_id_list: ['ou_1', 'ou_2'] }, ['ou_1', 'ou_2']],
		['a list of people', { cc_user_list: [{ user_id: 'u1', open_id: 'ou_1' }] }, ['ou_1']],
		['an ID in ext', { ext: '{"user_id":"u1","open_id":"ou_1"}' }, ['ou_1']],
		['a list of IDs in ext', { ext: '{"open_id_list":["ou_1","ou_2"]}' }, ['ou_1', 'ou_2']],
	])('is read from %s', (_case, fields, ids) => {
		expect(people([cc(fields)])).toEqual({ ids, incomplete: false });
	});

	it('is told in the kind of ID asked for', () => {
		const entry = cc({ cc_user_list: [{ user_id: 'u1', open_id: 'ou_1' }], user_id_list: ['u2'] });
		expect([...copiedPeople(copyEntries([entry], 'user_id')).ids].sort()).toEqual(['u1', 'u2']);
	});

	it('is never who made the copy', () => {
		expect(people([cc({ open_id: 'ou_operator', open_id_list: ['ou_1'] })]).ids).toEqual(['ou_1']);
	});

	it('includes those copied by an approver together with a decision', () => {
		const entry = { type: 'PASS', create_time: '1', cc_user_list: [{ open_id: 'ou_1' }], ext: '' };
		expect(people([entry])).toEqual({ ids: ['ou_1'], incomplete: false });
	});

	it('does not include new approvers, who stand in ext where a copy names its people', () => {
		const ext = '{"open_id":"ou_1","open_id_list":["ou_2"]}';
		const types = ['TRANSFER', 'ADD_APPROVER', 'DELETE_APPROVER', 'PASS'];
		expect(people(types.map((type) => ({ type, create_time: '1', ext })))).toEqual(nobody);
	});

	it('is not known completely if a copy carries no ID of the kind asked for', () => {
		expect(people([cc({})])).toEqual({ ids: [], incomplete: true });
		expect(people([{ ...cc({}), type: 'PASS' }])).toEqual(nobody);
		expect(people([cc({ user_id_list: ['u1'] })])).toEqual({ ids: [], incomplete: true });
		expect(people([cc({ ext: '{"user_id":"u1"}' })])).toEqual({ ids: [], incomplete: true });
		expect(people([cc({ open_id_list: [''], cc_user_list: [{ open_id: '' }] })])).toEqual({
			ids: [],
			incomplete: true,
		});
	});

	it.each([
		['a person of a list', { cc_user_list: [{ open_id: 'ou_1' }, { user_id: 'u2' }] }],
		['a person without any ID', { cc_user_list: [{ open_id: 'ou_1' }, { cc_id: '7' }] }],
		['an empty ID in a list', { open_id_list: ['ou_1', ''] }],
		['a shorter list', { open_id_list: ['ou_1'], user_id_list: ['u1', 'u2'] }],
		[
			'another person in another place',
			{ open_id_list: ['ou_1'], user_id_list: ['u1'], ext: '{"user_id":"u2"}' },
		],
	])('is not known completely if one of two has no ID of that kind: %s', (_case, fields) => {
		expect(people([cc(fields)])).toEqual({ ids: ['ou_1'], incomplete: true });
	});

	it('is known completely if one person stands there twice', () => {
		const person = { user_id: 'u1', open_id: 'ou_1' };
		const entry = cc({ open_id_list: ['ou_1', 'ou_1'], cc_user_list: [person, person] });
		expect(people([entry])).toEqual({ ids: ['ou_1'], incomplete: false });
	});

	it.each([undefined, null, '', {}, 3, [], [null, 'text', 3, []]])(
		'is nobody where there is no timeline: %j',
		(timeline) => {
			expect(people(timeline)).toEqual(nobody);
		},
	);

	it.each(['', 'not JSON', 'null', '[]', '"ou_1"', 7, null, undefined])(
		'is found all the same if ext is %j',
		(ext) => {
			expect(people([cc({ ext, open_id_list: ['ou_1', 7, null] })])).toEqual({
				ids: ['ou_1'],
				incomplete: false,
			});
		},
	);
});

describe('an entry of the timeline that names people', () => {
	const at = (create_time: unknown) =>
		copyEntries([cc({ create_time, open_id_list: ['ou_1'] })], 'open_id')[0].at;

	it.each<[unknown, number | undefined]>([
		['1767225600000', 1_767_225_600_000],
		[1_767_225_600_000, 1_767_225_600_000],
		['1767225600', 1_767_225_600_000],
		[1_767_225_600, 1_767_225_600_000],
		...[undefined, null, '', ' ', '0', 0, -1, 'soon', {}, []].map((time): [unknown, undefined] => [
			time,
			undefined,
		]),
	])('is of the time %j: %j', (time, expected) => {
		expect(at(time)).toBe(expected);
	});

	it('tells by whom and with which comment the copy was made, if it does', () => {
		const entry = cc({ open_id: 'ou_a', user_id: 'a', comment: 'ok', open_id_list: ['ou_1'] });
		expect(copyEntries([entry], 'open_id')).toMatchObject([{ by: 'ou_a', comment: 'ok' }]);
		expect(copyEntries([entry], 'user_id')).toMatchObject([{ by: 'a', comment: 'ok' }]);
		const silent = cc({ open_id: null, comment: 7, open_id_list: ['ou_1'] });
		expect(copyEntries([silent], 'open_id')).toMatchObject([{ by: '', comment: '' }]);
	});
});
