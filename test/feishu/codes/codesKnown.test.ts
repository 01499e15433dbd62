import { CODES } from '../../../feishu/codes/codes';

/** The published codes, by where they come from. */
const PUBLISHED = {
	'the two operations': [1390001, 1390002, 1390003, 1390004, 1390009, 1390018, 1395001],
	'the rest of Approval v4': [
		1390006, 1390007, 1390010, 1390013, 1390014, 1390015, 1390016, 1395006, 1395009, 1395011,
		1395061, 1395210,
	],
	'the old numbering': [
		4002, 4003, 4004, 4005, 4006, 60001, 60002, 60003, 60004, 60005, 60006, 60007, 60008, 60009,
		60010, 60011, 60012, 60013, 60014, 65001,
	],
	'token exchange': [2200, 10003, 10005, 10012, 10013, 10014, 10015, 10016, 20002, 20009, 99991543],
	'tokens on calls': [
		4001, 20005, 20013, 99991661, 99991663, 99991664, 99991665, 99991668, 99991669, 99991671,
		99991677,
	],
	'permissions and app state': [
		99991401, 99991403, 99991662, 99991672, 99991673, 99991674, 99991675, 99991676, 99991679,
		99991681, 99991692,
	],
	contacts: [40004, 41050],
	'the gateway': [
		5000, 9499, 99991201, 99991301, 99991400, 99992351, 99992352, 99992353, 99992357, 99992358,
		99992359, 99992360, 99992361, 99992363, 99992364, 99992379, 99992380, 99992381, 99992402,
	],
};

it.each(Object.entries(PUBLISHED))('every code of %s is explained', (_source, codes) => {
	for (const code of codes) {
		expect(CODES[code]).toEqual({
			message: expect.stringMatching(/^[A-Z].{10,}[^.]$/),
			hint: expect.stringMatching(/^[A-Z].{10,}\.$/),
			cause: expect.any(String),
		});
	}
});

it('and no other', () => {
	const published = Object.values(PUBLISHED).flat().map(String);
	expect(Object.keys(CODES).sort()).toEqual(published.sort());
});
