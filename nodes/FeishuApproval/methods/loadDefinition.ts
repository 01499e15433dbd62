import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { readApprovalCode } from '../../../approval/code';
import { Problem } from '../../../approval/problem';
import { readDefinition, type Definition } from '../actions/form/definition';
import { askForPanel, enteredIn } from './askForPanel';

const FIELD = 'Approval Code';

const NO_CODE = new Problem(
	`Enter an approval code under ${FIELD} first`,
	'Either the code of the definition, or the address of its page in the admin console. Where it is an expression that gives nothing here, enter a fixed code, or set Form Input to JSON.',
);

/** The definition whose code stands in the panel, or why it cannot be had, with a hint in HTML. */
export async function loadDefinition(
	context: ILoadOptionsFunctions,
): Promise<Definition | Problem> {
	const entered = enteredIn(context, 'approvalCode', FIELD);
	if (entered instanceof Problem) {
		return new Problem(entered.message, `${entered.hint} Or set Form Input to JSON.`);
	}
	if (entered === '') return NO_CODE;
	const code = readApprovalCode(entered);
	if (code instanceof Problem) return new Problem(`${FIELD} ${code.message}`, code.hint);
	return await askForPanel(context, async (client) => await readDefinition(client, code), [
		{ of: 'approval', field: FIELD, code },
	]);
}
