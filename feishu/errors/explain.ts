import type { IAllExecuteFunctions } from 'n8n-workflow';

import { Problem } from '../../approval/problem';
import { CREDENTIAL } from '../account';
import type { Failure } from '../answer';
import { SCOPE_MISSING } from '../codes/groups';
import type { SentCode } from './description';
import { toPlainText } from './html';
import { toNodeError } from './nodeError';

const withFullStop = (text: string): string => text.replace(/\.?$/, '.');

/** What became of a call that was refused or not answered, and in HTML how to fix it. */
export async function problemOf(
	context: IAllExecuteFunctions,
	failure: Failure,
	codes: SentCode[],
): Promise<Problem> {
	const isScope = failure.code !== undefined && SCOPE_MISSING.has(failure.code);
	const app = isScope ? await context.getCredentials(CREDENTIAL) : undefined;
	const call = { userIdType: 'open_id', ids: {}, codes, app } as const;
	const { message, description } = toNodeError(context.getNode(), failure, call, 0);
	return new Problem(message, description ?? '');
}

/** A problem as one text, where n8n keeps or shows nothing but that. */
export function asText({ message, hint }: Problem): string {
	return [withFullStop(message), toPlainText(hint)].filter(Boolean).join(' ');
}

/** What became of a call and how to fix it, as one text: of an error at activation, n8n keeps no more. */
export async function explain(
	context: IAllExecuteFunctions,
	failure: Failure,
	codes: SentCode[],
): Promise<string> {
	return asText(await problemOf(context, failure, codes));
}
