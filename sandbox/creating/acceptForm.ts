import { Refusal } from '../answers';
import type { Platform } from '../platform';
import { acceptGroup } from './acceptGroup';
import { acceptPeople } from './acceptPeople';
import { acceptPlain } from './acceptPlain';
import type { Definition, FormField } from './definition';
import { badWidget, type Accept, type Context, type Sent } from './widgets';

const KINDS: Accept[] = [acceptPlain, acceptPeople, acceptGroup];

const isGiven = ({ value, open_ids: ids }: Sent) => value !== undefined || ids !== undefined;

/**
 * Checks the JSON text of a form against its definition (API sheet 5.1 to 5.3) and gives it as Get
 * Instance will. A widget that is left out is fine, one without a value is not.
 */
export function acceptForm(platform: Platform, definition: Definition, form: string): Sent[] {
	const context: Context = { platform, definition, acceptAll };
	function acceptAll(fields: FormField[], sent: unknown): Sent[] {
		if (!Array.isArray(sent)) throw new Refusal(1390001, 'param is invalid: form');
		return sent.map((one: unknown) => acceptWidget(context, fields, (one ?? {}) as Sent));
	}
	const accepted = acceptAll(definition.form, parse(form));
	checkSums(definition, accepted);
	return accepted;
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

function acceptWidget(context: Context, fields: FormField[], sent: Sent): Sent {
	const { id, type } = sent;
	const field = fields.find(
		(one) => one.id === id || (one.custom_id !== '' && one.custom_id === id),
	);
	if (field === undefined) throw badWidget(id, 'the form has no such widget');
	if (field.type !== type) throw badWidget(id, `its type is ${field.type}`);
	if (!isGiven(sent)) throw badWidget(id, 'value is missing');
	for (const accept of KINDS) {
		const shown = accept(context, field, sent);
		if (shown === undefined) continue;
		const { id: own, custom_id, name } = field;
		return { id: own, ...(custom_id ? { custom_id } : {}), name, type, ...shown };
	}
	throw badWidget(id, `widgets of type ${field.type} are unsupported`);
}

/** A formula has to be equal to what it computes, where the definition tells that. */
function checkSums({ sums }: Definition, widgets: Sent[]): void {
	const valueOf = (id: string) => Number(widgets.find((one) => one.id === id)?.value ?? 0);
	for (const [id, parts] of Object.entries(sums)) {
		if (!widgets.some((one) => one.id === id)) continue;
		const sum = parts.reduce((total, part) => total + valueOf(part), 0);
		if (Math.abs(sum - valueOf(id)) > 1e-6) throw badWidget(id, 'formula value is not equal');
	}
}
