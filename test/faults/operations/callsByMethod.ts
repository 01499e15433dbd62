import { randomUUID } from 'node:crypto';

import { businessError, type Fault, type JournalEntry, type Sandbox } from '../../../sandbox';
import type { Case, Variant } from '../../contract/row';
import { addPerson } from '../../contract/rows/people';

const DONE: Fault = { kind: 'answer', status: 200, body: { code: 0, msg: 'success', data: {} } };
const PLAIN = { query: '{}', returnAll: false, options: {} };

/** Whether the platform does the work, with this on its way. */
const isCarriedOut = (fault: Fault | undefined): boolean =>
	fault === undefined ||
	('after' in fault && fault.after === true) ||
	('when' in fault && fault.when === 'after');

/** Lets the platform offer a path that it lacks; gives back how often it did what is asked there. */
function offer({ faults, tokens }: Sandbox, path: string): () => number {
	let times = 0;
	const next = faults.next.bind(faults);
	faults.next = (entry: JournalEntry) => {
		const fault = next(entry);
		if (entry.path !== path) return fault;
		if (fault?.kind === 'run') void fault.do();
		const own = fault?.kind === 'run' ? undefined : fault;
		if (!tokens.isLive(entry.token ?? '')) return businessError(99991663, 'Invalid access token');
		if (isCarriedOut(own)) times++;
		return own ?? DONE;
	};
	return () => times;
}

/** A call that changes a person; the local platform knows no such endpoint. */
function changePerson(method: 'PUT' | 'PATCH', sandbox: Sandbox): Case {
	const path = `/open-apis/contact/v3/users/ou_${randomUUID()}`;
	const body = { nickname: path };
	const times = offer(sandbox, path);
	return {
		sample: { method, path, body: JSON.stringify(body), ...PLAIN },
		requests: [{ method, path, query: {}, body }],
		sdk: async (client) => await client.request({ method, url: path, data: body }),
		effects: () => [times()],
	};
}

/** A call that deletes a comment. */
function deleteComment(sandbox: Sandbox): Case {
	const commentator = addPerson(sandbox);
	const instance = sandbox.addInstance();
	const id = instance.serial_number;
	const path = `/open-apis/approval/v4/instances/${instance.instance_code}/comments/${id}`;
	const query = { user_id: commentator.open_id };
	instance.comments = [
		{
			id,
			content: '{"text":"old"}',
			create_time: '1700000000000',
			update_time: '1700000000000',
			is_delete: 0,
			replies: [],
			mentions: [],
			commentator,
		},
	];
	return {
		sample: { ...PLAIN, method: 'DELETE', path, body: '', query: JSON.stringify(query) },
		requests: [{ method: 'DELETE', path, query }],
		sdk: async (client) => await client.request({ method: 'DELETE', url: path, params: query }),
		effects: () => instance.comments!.map(({ is_delete: times }) => times),
	};
}

const call = (method: string, endpoint: Variant['endpoint'], make: Variant['make']): Variant => ({
	title: method,
	endpoint,
	afterLoss: 'gives up',
	make,
	refusal: { code: 1388888, msg: 'no', status: 400, words: /Feishu said: "no"/ },
});

/** API Call with the methods that the contract table has no sample of. */
export const CALLS_BY_METHOD: Variant[] = [
	call('DELETE', 'deleteComment', deleteComment),
	call('PATCH', 'other', (sandbox) => changePerson('PATCH', sandbox)),
	call('PUT', 'other', (sandbox) => changePerson('PUT', sandbox)),
];
