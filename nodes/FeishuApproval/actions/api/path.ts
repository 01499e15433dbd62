import { Problem } from '../../../../approval/problem';

const HINT =
	'Enter the path as in the documentation of the endpoint, without host and query, for example /open-apis/approval/v4/approvals/7C468A54-8745-2245-9675-08B7C63E7A85.';

/** Decoded until nothing changes: a gateway may decode a path more than once. */
function decoded(path: string): string {
	let text = path;
	for (let depth = 0; depth < 5; depth++) {
		try {
			const next = decodeURIComponent(text);
			if (next === text) return text;
			text = next;
		} catch {
			return text;
		}
	}
	return text;
}

function complaintOf(path: string): string | undefined {
	const plain = decoded(path);
	if (!path.startsWith('/open-apis/')) return 'does not begin with /open-apis/';
	if (/%(?![\da-f]{2})/i.test(path)) return 'holds "%" without two digits after it';
	if (/[?#]/.test(path)) return 'holds "?" or "#"; a query goes into Query';
	if (/[\s\\\p{Cc}]/u.test(plain)) return 'holds spaces, backslashes or invisible characters';
	if (plain.split('/').some((segment) => /^\.{1,2}(;.*)?$/.test(segment)))
		return 'holds dots only between two slashes';
	if (plain.includes('//')) return 'holds two slashes in a row';
	if (/^\/open-apis\/auth([/;]|$)/i.test(plain))
		return 'belongs to the exchange of tokens, which this node does by itself';
	return undefined;
}

/** The path of an endpoint of the platform, or why it cannot be one that this node calls. */
export function readPath(text: string): string | Problem {
	const complaint = complaintOf(text);
	return complaint === undefined ? text : new Problem(complaint, HINT);
}
