import { instanceCodeComplaint } from '../../../../nodes/FeishuApproval/approval/instanceCode';

describe('an instance code', () => {
	it.each([
		'81D31358-93AF-92D6-7425-01A5D67C4E71',
		'1234567',
		'a/b c?d#e%2f',
		'审批 1',
		'😀',
		'...',
		'.a',
		'a/../b',
		'x'.repeat(256),
	])('may be %j', (code) => {
		expect(instanceCodeComplaint(code)).toBeUndefined();
	});

	it.each([
		['.', 'it consists of dots only'],
		['..', 'it consists of dots only'],
		['x'.repeat(257), 'it is longer than 256 characters'],
		['a\u0000b', 'it holds characters that no code has'],
		['a\nb', 'it holds characters that no code has'],
		['a\u007fb', 'it holds characters that no code has'],
		['a\u0085b', 'it holds characters that no code has'],
		['half \ud83d', 'it holds characters that no code has'],
		['half \ude00', 'it holds characters that no code has'],
	])('cannot be %j', (code, complaint) => {
		expect(instanceCodeComplaint(code)).toBe(complaint);
	});
});
