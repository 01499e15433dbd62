import fc from 'fast-check';

import {
	CONTROL,
	DATA,
	decodeFrame,
	encodeFrame,
	headerOf,
	type Frame,
} from '../../../../nodes/FeishuApprovalTrigger/longConnection/frames';
import { GENERATED } from '../../../hostile/judge';
import { anyFrame, fromSdk, plain, SDK, toSdk } from './codec';

const FIVE_THOUSAND = { ...GENERATED, numRuns: 5_000 };
const PING: Frame = {
	seqId: 0n,
	logId: 0n,
	service: 33554678,
	method: CONTROL,
	headers: [{ key: 'type', value: 'ping' }],
};

/** A frame with every field that there is. */
const FULL: Frame = {
	seqId: 1n,
	logId: 300n,
	service: -1,
	method: DATA,
	headers: [
		{ key: 'type', value: 'event' },
		{ key: '', value: '审批' },
	],
	payloadEncoding: 'none',
	payloadType: 'json',
	payload: Buffer.from('{}'),
	logIdNew: 'log',
};

const sdkDecode = (bytes: Uint8Array) => {
	try {
		return fromSdk(SDK.decode(bytes));
	} catch {
		return undefined;
	}
};

describe("beside the platform's own SDK", () => {
	it('every frame is encoded to the same bytes', () => {
		fc.assert(
			fc.property(anyFrame, (frame) => {
				const expected = Buffer.from(SDK.encode(toSdk(frame)).finish()).toString('hex');
				expect(Buffer.from(encodeFrame(frame)).toString('hex')).toBe(expected);
			}),
			FIVE_THOUSAND,
		);
	});

	it('every frame of the SDK is decoded to what it was', () => {
		fc.assert(
			fc.property(anyFrame, (frame) => {
				const bytes = SDK.encode(toSdk(frame)).finish();
				expect(plain(decodeFrame(bytes))).toEqual(frame);
			}),
			FIVE_THOUSAND,
		);
	});

	it('every frame that was encoded here is decoded there to what it was', () => {
		fc.assert(
			fc.property(anyFrame, (frame) => {
				expect(sdkDecode(encodeFrame(frame))).toEqual(frame);
			}),
			FIVE_THOUSAND,
		);
	});

	it('what is decoded of a broken frame is what the SDK decodes of it, or nothing', () => {
		let broken = 0;
		const changes = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), {
			minLength: 1,
			maxLength: 3,
		});
		fc.assert(
			fc.property(anyFrame, changes, fc.nat(), (frame, bytes, cut) => {
				const changed = Uint8Array.from(encodeFrame(frame));
				for (const [at, byte] of bytes) changed[at % changed.length] = byte;
				const whole = cut % 3 === 0 ? changed.subarray(0, cut % changed.length) : changed;
				const decoded = plain(decodeFrame(whole));
				if (decoded === undefined) broken++;
				else {
					// The SDK holds these two as doubles.
					const { seqId, logId, ...rest } = decoded;
					expect(sdkDecode(whole)).toMatchObject(rest);
					if (seqId <= Number.MAX_SAFE_INTEGER) expect(sdkDecode(whole)?.seqId).toBe(seqId);
					if (logId <= Number.MAX_SAFE_INTEGER) expect(sdkDecode(whole)?.logId).toBe(logId);
				}
			}),
			GENERATED,
		);
		expect(broken).toBeGreaterThan(1_000);
	});

	it('a ping is the same bytes', () => {
		expect(Buffer.from(encodeFrame(PING))).toEqual(Buffer.from(SDK.encode(toSdk(PING)).finish()));
	});
});

it('IDs of 64 bits come back as they came', () => {
	const frame = { ...PING, seqId: 2n ** 64n - 1n, logId: 2n ** 53n + 1n };
	expect(decodeFrame(encodeFrame(frame))).toEqual(frame);
});

it('fields that nobody knows yet are left out', () => {
	const unknown = [
		0xa0, 0x06, 0x01, 0xaa, 0x06, 0x01, 0x78, 0x55, 1, 2, 3, 4, 0x51, 1, 2, 3, 4, 5, 6, 7, 8,
	];
	const bytes = Uint8Array.from([...unknown, ...encodeFrame(FULL), ...unknown]);
	expect(plain(decodeFrame(bytes))).toEqual(plain(FULL));
	expect(sdkDecode(bytes)).toEqual(plain(FULL));
});

it('of a field that comes twice, the last one counts', () => {
	const other = encodeFrame({ ...FULL, seqId: 9n, headers: [], payload: Buffer.from('x') });
	const bytes = Uint8Array.from([...encodeFrame(FULL), ...other]);
	expect(decodeFrame(bytes)).toMatchObject({ seqId: 9n, headers: FULL.headers });
	expect(plain(decodeFrame(bytes))).toEqual(sdkDecode(bytes));
});

describe('nothing comes of', () => {
	const BYTES = encodeFrame(PING);
	const without = (number: number) => {
		const fields = { 1: [8, 0], 2: [16, 0], 3: [24, 1], 4: [32, 0] };
		const kept = Object.entries(fields).filter(([key]) => Number(key) !== number);
		return kept.flatMap(([, bytes]) => bytes);
	};

	it.each([
		['no bytes', []],
		['a text', [...Buffer.from('{"code":200}')]],
		['a field without a number', [0x00, 0x00, ...BYTES]],
		['a field whose number no field has', [...BYTES, 0x80, 0x80, 0x80, 0x80, 0x10, 0x00]],
		['a tag without a value', [...BYTES, 0x08]],
		['a number without an end', [...BYTES, 0x08, 0xff, 0xff]],
		['a number of more than 64 bits', [...BYTES, 0x08, ...Array<number>(10).fill(0xff), 0x01]],
		['bytes that are not all there', [...BYTES, 0x42, 0x05, 0x01]],
		[
			'bytes of a length that no machine has',
			[...BYTES, 0x42, ...Array<number>(9).fill(0xff), 0x01],
		],
		['a type that frames do not have', [...BYTES, 0x0b]],
		['a number where a text has to be', [...BYTES, 0x48, 0x01]],
		['a text where a number has to be', [...BYTES, 0x0a, 0x01, 0x78]],
		['a header that is a number', [...BYTES, 0x28, 0x01]],
		['a header without a value', [...BYTES, 0x2a, 0x03, 0x0a, 0x01, 0x78]],
		['a header without a key', [...BYTES, 0x2a, 0x03, 0x12, 0x01, 0x78]],
		['a header that is broken', [...BYTES, 0x2a, 0x03, 0x0a, 0x09, 0x78]],
		['a header that is no UTF-8', [...BYTES, 0x2a, 0x06, 0x0a, 0x01, 0xff, 0x12, 0x01, 0x78]],
		['a text that is no UTF-8', [...BYTES, 0x4a, 0x01, 0xff]],
		['a payload of fixed length', [...BYTES, 0x45, 1, 2, 3, 4]],
		['a service of more than 32 bits', [...without(3), 0x18, 0xff, 0xff, 0xff, 0xff, 0x1f]],
		['a frame without SeqID', without(1)],
		['a frame without LogID', without(2)],
		['a frame without a service', without(3)],
		['a frame without a method', without(4)],
	])('%s', (_name, bytes) => {
		expect(decodeFrame(Uint8Array.from(bytes))).toBeUndefined();
	});

	it('what any bytes at all are, without a crash', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
				const frame = decodeFrame(bytes);
				if (frame !== undefined) expect(plain(frame)).toEqual(sdkDecode(bytes));
			}),
			GENERATED,
		);
	});

	it('a frame cut off anywhere before its last header', () => {
		for (let length = 0; length < BYTES.length; length++) {
			const decoded = decodeFrame(BYTES.subarray(0, length));
			expect(decoded).toEqual(sdkDecode(BYTES.subarray(0, length)));
		}
	});

	it('a megabyte of headers in a moment', () => {
		const many = Uint8Array.from([
			...BYTES,
			...Array<number[]>(200_000).fill([0x2a, 4, 0x0a, 0, 0x12, 0]).flat(),
		]);
		const begun = performance.now();
		expect(decodeFrame(many)?.headers).toHaveLength(200_001);
		expect(performance.now() - begun).toBeLessThan(10_000);
	});
});

it('a header is found by its name, the last one if there are several', () => {
	const headers = [
		{ key: 'seq', value: '0' },
		{ key: 'seq', value: '1' },
	];
	expect(headerOf({ ...PING, headers }, 'seq')).toBe('1');
	expect(headerOf({ ...PING, headers }, 'sum')).toBeUndefined();
});
