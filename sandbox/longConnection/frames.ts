import { parse } from 'protobufjs';

/** One message in either direction, as the platform's proto names its fields. */
export interface Frame {
	/** uint64, as text. */
	SeqID: string;
	/** uint64, as text. */
	LogID: string;
	service: number;
	/** 0 control, 1 data. */
	method: number;
	headers: Array<{ key: string; value: string }>;
	payloadEncoding?: string;
	payloadType?: string;
	payload?: Buffer;
	LogIDNew?: string;
}

const PROTO = `
syntax = "proto2";
package pbbp2;
message Header {
	required string key = 1;
	required string value = 2;
}
message Frame {
	required uint64 SeqID = 1;
	required uint64 LogID = 2;
	required int32 service = 3;
	required int32 method = 4;
	repeated Header headers = 5;
	optional string payload_encoding = 6;
	optional string payload_type = 7;
	optional bytes payload = 8;
	optional string LogIDNew = 9;
}`;

const type = parse(PROTO).root.lookupType('pbbp2.Frame');

export function encodeFrame(frame: Frame): Uint8Array {
	return type.encode(type.fromObject(frame)).finish();
}

/** Throws if the bytes are no frame or lack a required field. */
export function decodeFrame(bytes: Uint8Array): Frame {
	const decoded = type.toObject(type.decode(bytes), { longs: String, arrays: true });
	return decoded as Frame;
}

/** The first header of this name. */
export function headerOf({ headers }: Frame, name: string): string | undefined {
	return headers.find(({ key }) => key === name)?.value;
}
