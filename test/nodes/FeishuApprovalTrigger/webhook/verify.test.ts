import * as lark from '@larksuiteoapi/node-sdk';
import fc from 'fast-check';

import { decrypt } from '../../../../nodes/FeishuApprovalTrigger/webhook/decrypt';
import {
	areEqual,
	isFresh,
	isSigned,
	signatureHeaders,
} from '../../../../nodes/FeishuApprovalTrigger/webhook/verify';
import { GENERATED } from '../../../hostile/judge';
import { hostileText } from '../../../hostile/values';
import { encrypt, ENCRYPT_KEY, NOW, sign } from '../samples';

const ENCRYPTED = 'P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=';
const SIGNED = {
	timestamp: '1700000000',
	nonce: 'nonce-1',
	signature: '002a272a435d056759149cce18e88064ff320d38d91a09432445c344c4296949',
};
const BODY = Buffer.from(`{"encrypt":"${ENCRYPTED}"}`);

describe('the signature', () => {
	it("of the platform's own sample is right", () => {
		expect(isSigned(SIGNED, BODY, ENCRYPT_KEY)).toBe(true);
		const upper = { ...SIGNED, signature: SIGNED.signature.toUpperCase() };
		expect(isSigned(upper, BODY, ENCRYPT_KEY)).toBe(true);
	});

	it.each([
		['another time', { timestamp: '1700000001' }],
		['no time', { timestamp: undefined }],
		['another nonce', { nonce: 'nonce-2' }],
		['no nonce', { nonce: undefined }],
		['the border between time and nonce moved', { timestamp: '170000000', nonce: '0nonce-1' }],
		['another signature', { signature: SIGNED.signature.replace('0', '1') }],
		['a signature cut off', { signature: SIGNED.signature.slice(0, -1) }],
		['a longer signature', { signature: `${SIGNED.signature}0` }],
		['no signature', { signature: undefined }],
	])('is wrong with %s', (name, change) => {
		const isRight = name.startsWith('the border');
		expect(isSigned({ ...SIGNED, ...change }, BODY, ENCRYPT_KEY)).toBe(isRight);
	});

	it('is wrong for any other body or key', () => {
		expect(isSigned(SIGNED, Buffer.concat([BODY, Buffer.from(' ')]), ENCRYPT_KEY)).toBe(false);
		expect(isSigned(SIGNED, Buffer.from('{}'), ENCRYPT_KEY)).toBe(false);
		expect(isSigned(SIGNED, BODY, 'another key')).toBe(false);
	});

	it('is over the bytes as they came, whatever they are', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(), (body, at) => {
				const headers = signatureHeaders(sign(body));
				expect(isSigned(headers, body, ENCRYPT_KEY)).toBe(true);
				if (body.length === 0) return;
				const changed = Uint8Array.from(body);
				changed[at % body.length] ^= 1;
				expect(isSigned(headers, changed, ENCRYPT_KEY)).toBe(false);
			}),
			{ ...GENERATED, numRuns: 1000 },
		);
	});
});

describe('headers', () => {
	it('are found in any case', () => {
		const headers = {
			'X-Lark-Request-Timestamp': '1',
			'X-LARK-SIGNATURE': 's',
			'x-lark-request-nonce': 'n',
		};
		expect(signatureHeaders(headers)).toEqual({ timestamp: '1', nonce: 'n', signature: 's' });
	});

	it.each([[undefined], [''], [['s', 's']], [7], [null]])('are not there: %j', (signature) => {
		expect(signatureHeaders({ 'x-lark-signature': signature }).signature).toBeUndefined();
	});

	it('are not believed if they were sent twice', () => {
		const headers = { 'x-lark-signature': 'one', 'X-Lark-Signature': 'two' };
		expect(signatureHeaders(headers).signature).toBeUndefined();
	});
});

describe('the time stamp', () => {
	it.each([
		['now', 0, true],
		['300 s ago', -300, true],
		['301 s ago', -301, false],
		['in 300 s', 300, true],
		['in 301 s', 301, false],
		['hours ago', -7200, false],
	])('of %s', (_name, seconds, isOk) => {
		expect(isFresh(String(1_700_000_000 + seconds), NOW, 300)).toBe(isOk);
	});

	it.each([
		'',
		' 1700000000',
		'1700000000.5',
		'-1700000000',
		'1.7e9',
		'0x6553f100',
		'now',
		'1700000000000',
		undefined,
	])('is none: %j', (timestamp) => {
		expect(isFresh(timestamp, NOW, 300)).toBe(false);
	});

	it('may be further away where clocks differ', () => {
		expect(isFresh('1699999000', NOW, 1000)).toBe(true);
		expect(isFresh('1699999000', NOW, 999)).toBe(false);
		expect(isFresh('1700000000', NOW, 0)).toBe(true);
	});
});

it('texts are compared whole', () => {
	expect(areEqual('token', 'token')).toBe(true);
	for (const other of ['Token', 'toke', 'token ', '', 'tokem']) {
		expect(areEqual('token', other)).toBe(false);
	}
});

describe('an encrypted text', () => {
	it("of the platform's own sample is read", () => {
		expect(decrypt(ENCRYPTED, ENCRYPT_KEY)).toBe('hello world');
	});

	it("is what the platform's own SDK reads", () => {
		const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.lorem());
		fc.assert(
			fc.property(texts, fc.string({ minLength: 1 }), (text, key) => {
				const encrypted = encrypt(text, key);
				expect(decrypt(encrypted, key)).toBe(new lark.AESCipher(key).decrypt(encrypted));
			}),
			GENERATED,
		);
	});

	it.each([
		['nothing', ''],
		['no base64', '%%%'],
		['a start vector alone', Buffer.alloc(16).toString('base64')],
		['half a block', Buffer.alloc(40).toString('base64')],
		['zeros', Buffer.alloc(48).toString('base64')],
		['the text of another key', encrypt('hello world', 'another key')],
		['a text cut off', encrypt('hello world, hello world').slice(0, -24)],
	])('is none: %s', (_name, encrypted) => {
		expect(decrypt(encrypted, ENCRYPT_KEY)).toBeUndefined();
	});

	it('is none, whatever it is, if it was not made with the key', () => {
		const bytes = fc
			.uint8Array({ maxLength: 100 })
			.map((raw) => Buffer.from(raw).toString('base64'));
		fc.assert(
			fc.property(fc.oneof(hostileText, bytes), (encrypted) => {
				const text = decrypt(encrypted, ENCRYPT_KEY);
				expect(text === undefined || !text.startsWith('{')).toBe(true);
			}),
			GENERATED,
		);
	});
});
