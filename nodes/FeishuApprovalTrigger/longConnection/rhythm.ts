import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../../approval/json';

/** How often the platform wants to hear of a client (ms). */
export interface Rhythm {
	pingMs: number;
	reconnectMs: number;
	/** The first reconnect comes after a random part of it. */
	nonceMs: number;
	/** So many times; below zero: for ever. */
	reconnectCount: number;
}

/** What the platform tells clients as a rule. */
const USUAL: Rhythm = {
	pingMs: 120_000,
	reconnectMs: 120_000,
	nonceMs: 30_000,
	reconnectCount: -1,
};

/** A rhythm outside of these is a mistake, and would flood the platform or never come again (ms). */
const SHORTEST_MS = 10;
const LONGEST_MS = 3_600_000;

function isNumber(value: unknown): value is number {
	return typeof value === 'number' && Number.isFinite(value);
}

function intervalIn(seconds: unknown, otherwise: number): number {
	if (!isNumber(seconds) || seconds <= 0) return otherwise;
	return Math.min(Math.max(seconds * 1000, SHORTEST_MS), LONGEST_MS);
}

/** Reads `ClientConfig` (as the official SDK reads it; seconds); what it does not say, or says absurdly, stays as it was. */
export function readRhythm(config: unknown, before: Rhythm = USUAL): Rhythm {
	if (!isObject(config)) return before;
	const { PingInterval, ReconnectInterval, ReconnectNonce, ReconnectCount }: IDataObject = config;
	return {
		pingMs: intervalIn(PingInterval, before.pingMs),
		reconnectMs: intervalIn(ReconnectInterval, before.reconnectMs),
		nonceMs: ReconnectNonce === 0 ? 0 : intervalIn(ReconnectNonce, before.nonceMs),
		reconnectCount: isNumber(ReconnectCount) ? ReconnectCount : before.reconnectCount,
	};
}
