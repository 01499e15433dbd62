import {
	NodeOperationError,
	type IAllExecuteFunctions,
	type ICredentialDataDecryptedObject,
	type IDataObject,
} from 'n8n-workflow';

import { readApprovalCode } from '../../approval/code';
import { leftOver, stripInvisible, wordsOf } from '../../approval/inputText';
import { isObject } from '../../approval/json';
import { Problem } from '../../approval/problem';
import { baseUrlOf, textOf } from '../../feishu/account';
import { EVENT_KINDS, type EventKind } from './events/catalogue';
import type { EventFilter } from './events/filter';
import { EVENT_STATUSES } from './events/status';

export type ConnectionKind = 'longConnection' | 'webhook';

/** How a trigger node is set. */
export interface Settings {
	connection: ConnectionKind;
	filter: EventFilter;
	simplify: boolean;
	includeInstance: boolean;
	acceptUnverified: boolean;
	/** Seconds. */
	clockSkew: number;
}

/** Webhook functions read parameters as trigger functions do. */
type Parameters = Pick<IAllExecuteFunctions, 'getNode'> & {
	getNodeParameter(name: string, fallback?: unknown): unknown;
};

/** The codes of a list, or of a text that names them one after another; addresses will do. */
function parseCodes(value: unknown): string[] | Problem {
	const entries = Array.isArray(value) ? (value as unknown[]) : [value ?? ''];
	const codes: string[] = [];
	for (const entry of entries) {
		if (typeof entry !== 'string') {
			return new Problem(
				'holds something that is not text',
				'Enter codes of approval definitions, separated by commas or line breaks.',
			);
		}
		const left = leftOver(entry.trim());
		if (left !== undefined) return new Problem(`is ${left.message}`, left.hint);
		for (const word of wordsOf(stripInvisible(entry))) {
			const code = readApprovalCode(String(word));
			if (code instanceof Problem) return code;
			if (!codes.includes(code)) codes.push(code);
		}
	}
	return codes;
}

/** Words of a list, or of a text that an expression gave, that are all known. */
function parseKnown(value: unknown, known: readonly string[]): string[] | Problem {
	const words = wordsOf(value ?? '').map(String);
	const unknown = words.find((one) => !known.includes(one));
	if (unknown === undefined) return words;
	return new Problem(`holds "${unknown}"`, `Choose from ${known.join(', ')}.`);
}

function parseKinds(value: unknown): EventKind[] | Problem {
	const chosen = parseKnown(value, EVENT_KINDS);
	return chosen instanceof Problem ? chosen : EVENT_KINDS.filter((kind) => chosen.includes(kind));
}

function parseStatuses(value: unknown): string[] | Problem {
	const words = wordsOf(value ?? '').map((word) => String(word).toUpperCase());
	return parseKnown(words, EVENT_STATUSES);
}

/**
 * How the node is set.
 *
 * @throws NodeOperationError that names the field if something entered cannot work
 */
export function settingsOf(context: Parameters): Settings {
	const parameter = (name: string) => context.getNodeParameter(name, undefined);
	const checked = <T>(displayName: string, parsed: T | Problem): T => {
		if (!(parsed instanceof Problem)) return parsed;
		const { message, hint } = parsed;
		// Of an error at activation, n8n keeps nothing but the message.
		throw new NodeOperationError(context.getNode(), `${displayName} ${message}. ${hint}`);
	};
	const collection = (name: string): IDataObject => {
		const value = parameter(name);
		return isObject(value) ? value : {};
	};
	const filters = collection('filters');
	const options = collection('options');
	const kinds = checked('Trigger On', parseKinds(parameter('events')));
	const passOnUnknown = options.passOnUnknownEvents === true;
	if (kinds.length === 0 && !passOnUnknown) {
		checked('Trigger On', new Problem('is empty', 'Choose at least one event.'));
	}
	const clockSkew = Number(options.clockSkew ?? 300);
	if (!(clockSkew > 0)) {
		const problem = new Problem('is not a number above 0', 'Enter seconds, for example 300.');
		checked('Clock Skew', problem);
	}
	return {
		connection: parameter('connection') === 'webhook' ? 'webhook' : 'longConnection',
		filter: {
			kinds,
			approvalCodes: checked('Approval Codes', parseCodes(parameter('approvalCodes'))),
			statuses: checked('Statuses', parseStatuses(filters.statuses)),
			openTasksOnly: filters.openTasksOnly === true,
			ignoreAutomatic: filters.ignoreAutomatic === true,
			passOnUnknown,
		},
		simplify: parameter('simplify') !== false,
		includeInstance: options.includeInstance === true,
		acceptUnverified: options.acceptUnverifiedEvents === true,
		clockSkew,
	};
}

/**
 * The name of the credential's app on its platform.
 *
 * @throws an Error that names the field if a custom address is not one
 */
export function appKeyOf(credentials: ICredentialDataDecryptedObject): string {
	return `${textOf(credentials, 'appId')}@${baseUrlOf(credentials)}`;
}

/** What the platform signs, encrypts and names itself with; empty: not set. */
export function pushKeysOf(credentials: ICredentialDataDecryptedObject) {
	return {
		encryptKey: textOf(credentials, 'encryptKey'),
		verificationToken: textOf(credentials, 'verificationToken'),
	};
}
