import { textOf } from '../events/body';
import { bytesField, numberField, readFields, type Field } from './protobuf';

export interface FrameHeader {
	key: string;
	value: string;
}

/** What goes over a long connection in either direction, as the platform's SDK has it. */
export interface Frame {
	seqId: bigint;
	logId: bigint;
	service: number;
	/** {@link CONTROL} or {@link DATA}. */
	method: number;
	headers: FrameHeader[];
	payloadEncoding?: string;
	payloadType?: string;
	payload?: Uint8Array;
	logIdNew?: string;
}

/** Ping and pong. */
export const CONTROL = 0;
/** Events and what answers them. */
export const DATA = 1;

/** The value of a header, or nothing; the last one counts. */
export function headerOf({ headers }: Frame, name: string): string | undefined {
	return headers.findLast(({ key }) => key === name)?.value;
}

/** A frame as protobuf, the fields in the order of their numbers. */
export function encodeFrame(frame: Frame): Uint8Array {
	const headers = frame.headers.map(({ key, value }) =>
		bytesField(5, Buffer.concat([...bytesField(1, key), ...bytesField(2, value)])),
	);
	return Buffer.concat([
		...numberField(1, frame.seqId),
		...numberField(2, frame.logId),
		...numberField(3, frame.service),
		...numberField(4, frame.method),
		...headers.flat(),
		...bytesField(6, frame.payloadEncoding),
		...bytesField(7, frame.payloadType),
		...bytesField(8, frame.payload),
		...bytesField(9, frame.logIdNew),
	]);
}

const NO_INT32 = 2n ** 32n;

function last(fields: Field[], number: number): Field['value'] | undefined {
	return fields.findLast((field) => field.number === number)?.value;
}

function numberIn(fields: Field[], number: number): bigint | undefined {
	const value = last(fields, number);
	return typeof value === 'bigint' ? value : undefined;
}

/** A number of 32 bits, which below zero takes 64; one that does not fit into them is none. */
function int32In(fields: Field[], number: number): number | undefined {
	const value = BigInt.asIntN(64, numberIn(fields, number) ?? NO_INT32);
	return BigInt.asIntN(32, value) === value ? Number(value) : undefined;
}

function bytesIn(fields: Field[], number: number): Uint8Array | undefined {
	const value = last(fields, number);
	return value instanceof Uint8Array ? value : undefined;
}

function textIn(fields: Field[], number: number): string | undefined {
	const bytes = bytesIn(fields, number);
	return bytes && textOf(bytes);
}

const LAST_NUMBER = 4;
const HEADER = 5;
const TEXTS = [6, 7, 9];
const LAST_FIELD = 9;

/** Whether a field that a frame has is of the type that it has to be. */
function isSound({ number, value }: Field): boolean {
	if (number > LAST_FIELD) return true;
	if (number <= LAST_NUMBER) return typeof value === 'bigint';
	if (!(value instanceof Uint8Array)) return false;
	return !TEXTS.includes(number) || textOf(value) !== undefined;
}

function decodeHeader(bytes: Uint8Array): FrameHeader | undefined {
	const fields = readFields(bytes) ?? [];
	const [key, value] = [textIn(fields, 1), textIn(fields, 2)];
	return key === undefined || value === undefined ? undefined : { key, value };
}

/**
 * Reads a frame. Fields that it does not know are left out; nothing comes of bytes that are broken,
 * or lack one of the fields that every frame has.
 */
export function decodeFrame(bytes: Uint8Array): Frame | undefined {
	const fields = readFields(bytes);
	if (fields === undefined || !fields.every(isSound)) return undefined;
	const [seqId, logId] = [numberIn(fields, 1), numberIn(fields, 2)];
	const [service, method] = [int32In(fields, 3), int32In(fields, 4)];
	const headers = fields
		.filter(({ number }) => number === HEADER)
		.map(({ value }) => decodeHeader(value as Uint8Array));
	if (seqId === undefined || logId === undefined) return undefined;
	if (service === undefined || method === undefined) return undefined;
	if (!headers.every((header) => header !== undefined)) return undefined;
	return {
		seqId,
		logId,
		service,
		method,
		headers,
		payloadEncoding: textIn(fields, 6),
		payloadType: textIn(fields, 7),
		payload: bytesIn(fields, 8),
		logIdNew: textIn(fields, 9),
	};
}
