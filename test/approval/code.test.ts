import { readApprovalCode, readInstanceCode } from '../../approval/code';
import { Problem } from '../../approval/problem';

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
		expect(readInstanceCode(code)).toBe(code);
	});

	it.each([
		['.', 'it consists of dots only'],
		['..', 'it consists of dots only'],
		['x'.repeat(257), 'it is longer than 256 characters'],
		['https://www.feishu.cn/approval/?instanceCode=81D31358', 'it is a link'],
		['"81D31358-93AF-92D6-7425-01A5D67C4E71"', 'it is in quotes or brackets'],
		["'81D31358", 'it is in quotes or brackets'],
		['81D31358`', 'it is in quotes or brackets'],
		[`“${CODE}”`, 'it is in quotes or brackets'],
		[`{${CODE}}`, 'it is in quotes or brackets'],
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
		const problem = readInstanceCode(code);
		expect(problem).toBeInstanceOf(Problem);
		expect(problem).toMatchObject({ message: `cannot be right: ${complaint}` });
	});
});

describe('an approval code', () => {
	const DEFINITION = '7C468A54-8745-2245-9675-08B7C63E7A85';
	const PAGE = 'https://www.feishu.cn/approval/admin/createApproval?id=7&definitionCode=';

	it.each([
		DEFINITION,
		`${PAGE}${DEFINITION}`,
		`${PAGE}${DEFINITION}&devMode=on`,
		`${PAGE}${DEFINITION}#basic`,
		`https://www.larksuite.com/approval/admin/edit#/form?definitionCode=${DEFINITION}`,
		`www.feishu.cn/approval/admin/edit?DEFINITIONCODE=${DEFINITION}`,
		`${PAGE}${encodeURIComponent(`${DEFINITION} `)}`,
	])('is taken out of %s', (text) => {
		expect(readApprovalCode(text)).toBe(DEFINITION);
	});

	it.each([
		['https://www.feishu.cn/approval/admin/approvalList', 'is a link without a definition code'],
		[`${PAGE}..`, 'cannot be right: it consists of dots only'],
		[`${PAGE}%22${DEFINITION}%22`, 'cannot be right: it is in quotes or brackets'],
		[`${DEFINITION},${DEFINITION}`, 'cannot be right: it is more than one code'],
	])('is not taken out of %s', (text, message) => {
		expect(readApprovalCode(text)).toMatchObject({ message });
	});

	it('with percent signs that stand for nothing stays as it is', () => {
		expect(readApprovalCode(`${PAGE}A%zz`)).toBe('A%zz');
	});
});
