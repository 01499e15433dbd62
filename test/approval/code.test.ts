import { codeComplaint } from '../../approval/code';

const CODE = '81D31358-93AF-92D6-7425-01A5D67C4E71';

describe('a code', () => {
	it.each([
		CODE,
		`order ${CODE}`,
		'it\'s "7" of 9',
		'1234567',
		'a/b c?d#e%2f',
		'审批 1',
		'😀',
		'...',
		'.a',
		'a/../b',
		'x'.repeat(256),
	])('may be %j', (code) => {
		expect(codeComplaint(code)).toBeUndefined();
	});

	it.each([
		['.', 'it consists of dots only'],
		['..', 'it consists of dots only'],
		['x'.repeat(257), 'it is longer than 256 characters'],
		['https://www.feishu.cn/approval/?instanceCode=81D31358', 'it is a link'],
		['"81D31358-93AF-92D6-7425-01A5D67C4E71"', 'it stands in quotes or brackets'],
		["'81D31358", 'it stands in quotes or brackets'],
		['81D31358`', 'it stands in quotes or brackets'],
		[`“${CODE}”`, 'it stands in quotes or brackets'],
		[`{${CODE}}`, 'it stands in quotes or brackets'],
		[`${CODE},`, 'it ends with a punctuation mark'],
		[`${CODE}。`, 'it ends with a punctuation mark'],
		[`${CODE},${CODE}`, 'it is more than one code'],
		[`${CODE}${CODE.toLowerCase()}`, 'it is more than one code'],
		['a\u0000b', 'it holds characters that no code has'],
		['a\nb', 'it holds characters that no code has'],
		['a\u007fb', 'it holds characters that no code has'],
		['a\u0085b', 'it holds characters that no code has'],
		['half \ud83d', 'it holds characters that no code has'],
		['half \ude00', 'it holds characters that no code has'],
	])('cannot be %j', (code, complaint) => {
		expect(codeComplaint(code)).toBe(complaint);
	});
});
