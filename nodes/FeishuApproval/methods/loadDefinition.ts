import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { readApprovalCode } from '../../../approval/code';
import { Problem } from '../../../approval/problem';
import { FeishuClient } from '../../../feishu/client/client';
import { FeishuCallError } from '../../../feishu/errors/callError';
import { problemOf } from '../../../feishu/errors/explain';
import { withTimeout } from '../../../feishu/timing';
import { readDefinition, type Definition } from '../actions/form/definition';

/** So long (ms) a builder waits for the panel. */
const LONGEST_MS = 20_000;

const NO_CODE = new Problem(
	'Enter an approval code under Approval Code first',
	'Either the code of the definition, or the address of its page in the admin console. Where it is an expression that gives nothing here, enter a fixed code, or set Form Input to JSON.',
);
const UNRESOLVED = new Problem(
	'Approval Code is an expression that n8n cannot resolve here',
	'Enter a fixed code, run the nodes before this one, or set Form Input to JSON.',
);
const TOO_LATE = new Problem('Feishu did not answer in time', 'Try again in a minute.');

/** The definition whose code stands in the panel, or why it cannot be had, with a hint in HTML. */
export async function loadDefinition(
	context: ILoadOptionsFunctions,
): Promise<Definition | Problem> {
	const entered = context.getCurrentNodeParameter('approvalCode') ?? '';
	if (entered === '') return NO_CODE;
	if (String(entered).startsWith('=')) return UNRESOLVED;
	const code = readApprovalCode(String(entered));
	if (code instanceof Problem) return new Problem(`Approval Code ${code.message}`, code.hint);
	const client = new FeishuClient(context);
	try {
		const read = async () => await readDefinition(client, code);
		const definition = await withTimeout(LONGEST_MS, undefined, read);
		return definition ?? TOO_LATE;
	} catch (error) {
		if (!(error instanceof FeishuCallError)) return new Problem((error as Error).message, '');
		const sent = { of: 'approval', field: 'Approval Code', code } as const;
		return await problemOf(context, error.failure, [sent]);
	} finally {
		client.cancellation.end();
	}
}
