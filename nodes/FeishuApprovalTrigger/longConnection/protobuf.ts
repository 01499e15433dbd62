/** A field of an encoded protobuf message. */
export interface Field {
	number: number;
	/** A number, or bytes of some length; null for what has a fixed length, which no frame uses. */
	value: bigint | Uint8Array | null;
}

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;
/** Fields have no higher numbers. */
const LARGEST_NUMBER = 2 ** 29 - 1;
/** So many bytes 64 bits take, seven in each. */
const LONGEST_VARINT = 10;

/** Reads along some bytes; what it gives is undefined where they are broken. */
class Reader {
	private at = 0;

	constructor(private readonly bytes: Uint8Array) {}

	get isAtEnd(): boolean {
		return this.at >= this.bytes.length;
	}

	varint(): bigint | undefined {
		let value = 0n;
		for (let place = 0; place < LONGEST_VARINT && this.at < this.bytes.length; place++) {
			const byte = this.bytes[this.at++];
			value |= BigInt(byte & 0x7f) << BigInt(7 * place);
			if (byte < 0x80) return BigInt.asUintN(64, value);
		}
		return undefined;
	}

	take(length: number): Uint8Array | undefined {
		if (length > this.bytes.length - this.at) return undefined;
		this.at += length;
		return this.bytes.subarray(this.at - length, this.at);
	}

	value(wireType: number): Field['value'] | undefined {
		switch (wireType) {
			case VARINT:
				return this.varint();
			case FIXED64:
				return this.take(8) && null;
			case BYTES: {
				const length = this.varint();
				return length === undefined ? undefined : this.take(Number(length));
			}
			case FIXED32:
				return this.take(4) && null;
			default:
				return undefined;
		}
	}
}

/** The fields of a protobuf message in their order; nothing if the bytes are none. */
export function readFields(bytes: Uint8Array): Field[] | undefined {
	const reader = new Reader(bytes);
	const fields: Field[] = [];
	while (!reader.isAtEnd) {
		const tag = Number(reader.varint() ?? 0n);
		const number = Math.floor(tag / 8);
		if (number === 0 || number > LARGEST_NUMBER) return undefined;
		const value = reader.value(tag % 8);
		if (value === undefined) return undefined;
		fields.push({ number, value });
	}
	return fields;
}

function varint(value: bigint): Uint8Array {
	const bytes: number[] = [];
	let rest = BigInt.asUintN(64, value);
	for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
	bytes.push(Number(rest));
	return Uint8Array.from(bytes);
}

/** A number as a field; one below zero takes all 64 bits. */
export function numberField(number: number, value: bigint | number): Uint8Array[] {
	return [varint(BigInt(number * 8 + VARINT)), varint(BigInt(value))];
}

/** Bytes, or a text as UTF-8, as a field; nothing for undefined. */
export function bytesField(number: number, value: Uint8Array | string | undefined): Uint8Array[] {
	if (value === undefined) return [];
	const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
	return [varint(BigInt(number * 8 + BYTES)), varint(BigInt(bytes.length)), bytes];
}
