/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests, not nodes */
import '@larksuiteoapi/node-sdk';
import fc from 'fast-check';
import { createRequire } from 'node:module';

import type { Frame } from '../../../../nodes/FeishuApprovalTrigger/longConnection/frames';

/** A frame as the platform's own SDK has it in its hands. */
export interface SdkFrame {
	SeqID: number;
	LogID: number;
	service: number;
	method: number;
	headers: Array<{ key: string; value: string }>;
	payloadEncoding?: string;
	payloadType?: string;
	payload?: Uint8Array;
	LogIDNew?: string;
}

interface Codec {
	encode(frame: SdkFrame): { finish(): Uint8Array };
	decode(bytes: Uint8Array): SdkFrame;
}

/** The SDK puts its codec among those of the library that it is made with, and nowhere else. */
function sdkCodec(): Codec {
	const fromTheSdk = createRequire(require.resolve('@larksuiteoapi/node-sdk'));
	const { roots } = fromTheSdk('protobufjs/minimal') as {
		roots: { default: { pbbp2: { Frame: Codec } } };
	};
	return roots.default.pbbp2.Frame;
}

export const SDK = sdkCodec();

export function toSdk(frame: Frame): SdkFrame {
	const { seqId, logId, service, method, headers } = frame;
	const optional = {
		payloadEncoding: frame.payloadEncoding,
		payloadType: frame.payloadType,
		payload: frame.payload,
		LogIDNew: frame.logIdNew,
	};
	const given = Object.entries(optional).filter(([, value]) => value !== undefined);
	return {
		SeqID: Number(seqId),
		LogID: Number(logId),
		service,
		method,
		headers,
		...Object.fromEntries(given),
	};
}

/** The same frame as ours, whichever of its fields are there. */
export function fromSdk(frame: SdkFrame): Frame {
	const own = <Key extends keyof SdkFrame>(key: Key) =>
		Object.hasOwn(frame, key) ? frame[key] : undefined;
	const payload = own('payload');
	return {
		seqId: BigInt(frame.SeqID),
		logId: BigInt(frame.LogID),
		service: frame.service,
		method: frame.method,
		headers: [...frame.headers].map(({ key, value }) => ({ key, value })),
		payloadEncoding: own('payloadEncoding'),
		payloadType: own('payloadType'),
		payload: payload && Uint8Array.from(payload),
		logIdNew: own('LogIDNew'),
	};
}

/** The payload as plain bytes, whatever it was cut out of. */
export function plain(frame: Frame | undefined): Frame | undefined {
	return frame && { ...frame, payload: frame.payload && Uint8Array.from(frame.payload) };
}

/** Whole characters of any alphabet: the SDK writes half ones in a way of its own. */
const text = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 30 }),
	fc.constantFrom('', 'type', 'event', 'message_id', 'sum', 'seq', '审批', '🙂', '\ufeffx'),
);
/** The SDK holds them as doubles. */
const id = fc.oneof(
	fc.constantFrom(0, 1, 127, 128, 2 ** 31, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER),
	fc.maxSafeNat(),
);
const int32 = fc.oneof(
	fc.constantFrom(0, 1, 127, 128, -1, 2 ** 31 - 1, -(2 ** 31)),
	fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
);
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

export const anyFrame: fc.Arbitrary<Frame> = fc.record({
	seqId: id.map(BigInt),
	logId: id.map(BigInt),
	service: int32,
	method: fc.oneof(fc.constantFrom(0, 1), int32),
	headers: fc.array(fc.record({ key: text, value: text }), { maxLength: 6 }),
	payloadEncoding: optional(text),
	payloadType: optional(text),
	payload: optional(fc.uint8Array({ maxLength: 300 })),
	logIdNew: optional(text),
});
