import {
	businessError,
	gatewayPage,
	rateLimited,
	SANDBOX_APP,
	type Fault,
	type Sandbox,
} from '../../../sandbox';
import type { AfterLoss, Variant } from '../../contract/row';
import { READ } from '../outcomes';

/** Feishu confirmed the write. */
export const DONE = 'done';
/** Feishu did not; what it shows did. */
export const FOUND = 'done, as Feishu shows; not sent again';
/** What Feishu shows did not tell of it: the call was sent once more. */
export const RESENT = 'done, sent again after a look';
/** A second try, which does no harm, showed it. */
export const ASKED_AGAIN = 'done, as a second try showed';

/** What has to become of the item that meets the fault. */
export interface Expected {
	/** A word of the page, or what the error and its description say. */
	word: string | RegExp;
	/** What the error carries as data. */
	data?: { code: number; http_status: number };
	/** How often its call is sent. */
	sent: number;
	/** How often each of its things is done, if it writes. */
	done: 0 | 1;
	/** What becomes of it if it ended with an error and is tried again; default: the same. */
	retried?: Expected;
}

/** One fault, met by the first call of an item to the endpoint that its operation is about. */
export interface Column {
	title: string;
	fault(variant: Variant, sandbox: Sandbox): Fault;
	expected(variant: Variant): Expected;
}

/** What becomes of an item whose call was certainly not carried out at first, but is in the end. */
function cured({ afterLoss }: Variant): Expected {
	return { word: afterLoss === 'repeats' ? READ : DONE, sent: 2, done: 1 };
}

const cure = (title: string, fault: Column['fault']): Column => ({ title, fault, expected: cured });

/** The answer does not tell whether the work was done. */
function lost(title: string, done: 0 | 1, fault: Fault): Column {
	const words: Record<AfterLoss, Expected> = {
		repeats: { word: READ, sent: 2, done: 1 },
		'reads back': { word: done ? FOUND : RESENT, sent: done ? 1 : 2, done: 1 },
		'asks again': { word: ASKED_AGAIN, sent: 2, done: 1 },
		'gives up': { word: /not known whether/, sent: 1, done },
	};
	return { title, fault: () => fault, expected: ({ afterLoss }) => words[afterLoss] };
}

const refused: Column = {
	title: 'A refusal',
	fault: ({ refusal: { code, msg, status } }) => businessError(code, msg, { status }),
	expected: (variant) => {
		const { code, status, words } = variant.refusal;
		const data = { code, http_status: status };
		return { word: words, data, sent: 1, done: 0, retried: cured(variant) };
	},
};

const revoke = (sandbox: Sandbox) => () => sandbox.tokens.revoke(SANDBOX_APP.app_id);
const SIGN_IN: Fault = {
	kind: 'answer',
	status: 200,
	body: '<html>Sign in</html>',
	headers: { 'content-type': 'text/html; charset=utf-8' },
	after: true,
};

/** A handful of faults for every operation; those of the other tables are met by two of them alone. */
export const COLUMNS: Column[] = [
	lost('Connection reset, not done', 0, { kind: 'reset', when: 'before' }),
	lost('Connection reset, done', 1, { kind: 'reset', when: 'after' }),
	lost('HTTP 502, not done', 0, gatewayPage(502)),
	lost('HTTP 502, done', 1, { ...gatewayPage(502), after: true }),
	lost('A sign-in page with HTTP 200, done', 1, SIGN_IN),
	cure('A limit', () => rateLimited(1)),
	cure('The token is refused', (_variant, sandbox) => ({ kind: 'run', do: revoke(sandbox) })),
	refused,
];
