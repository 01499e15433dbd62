import {
	businessError,
	emptyBody,
	gatewayPage,
	rateLimited,
	rateLimitedAbsurdly,
	rateLimitedSilently,
	SANDBOX_APP,
	serverError,
	type Endpoint,
	type Fault,
	type JournalEntry,
	type Sandbox,
} from '../../../sandbox';
import type { Random } from '../random';

const ENDPOINTS: Endpoint[] = ['get', 'get', 'cc', 'cc', 'exchange'];
/** More than the platform allows in its windows. */
const TOO_MANY = 200;

/** Any fault, with any work done or not. */
function anyFault(random: Random, sandbox: Sandbox): Fault {
	const after = random.chance(0.5);
	const when = after ? 'after' : 'before';
	return random.pick<() => Fault>([
		() => rateLimited(1),
		() => rateLimited(1, 400),
		() => rateLimitedSilently(),
		() => rateLimitedAbsurdly(random.pick(['soon', '-5', '1e12', '99999999'])),
		() => ({ kind: 'answer', status: 429, body: 'slow down' }),
		() => ({ ...serverError(random.pick([500, 503])), after }),
		() => ({ ...gatewayPage(random.pick([502, 503, 504])), after }),
		() => ({ ...emptyBody(), after }),
		() => ({ kind: 'cut', how: random.pick(['json', 'connection']), after }),
		() => ({ kind: 'reset', when }),
		() => ({ kind: 'reset', when }),
		() => ({ kind: 'hang', when }),
		() => ({ kind: 'slow', ms: random.whole(20, 300), after: true }),
		() => ({ kind: 'drip', everyMs: random.whole(2, 20) }),
		() => ({ kind: 'drip', everyMs: random.whole(2, 20) }),
		() => businessError(random.pick([1390001, 1390003, 1390009, 1388888]), 'no'),
		() => businessError(99991663, 'Invalid access token'),
		() => ({ kind: 'redirect', to: 'http://127.0.0.1:1/' }),
		() => ({ kind: 'run', do: () => sandbox.tokens.revoke(SANDBOX_APP.app_id) }),
		() => ({ kind: 'run', do: () => sandbox.limits.consume('get', TOO_MANY) }),
		() => ({ kind: 'run', do: () => sandbox.limits.consume('cc', TOO_MANY) }),
	])();
}

/** Lets up to ten faults loose on whatever is called next; `met` is told of each call that meets one. */
export function disturb(random: Random, sandbox: Sandbox, met: () => void): void {
	for (let left = random.whole(0, 10); left > 0; left--) {
		const endpoint = random.pick(ENDPOINTS);
		let spared = random.whole(0, 30);
		const on = (entry: JournalEntry) => {
			if (entry.endpoint !== endpoint || spared-- > 0) return false;
			met();
			return true;
		};
		const times = random.whole(1, 4);
		sandbox.faults.add({ on, times, fault: anyFault(random, sandbox) });
	}
}
