import type { LimitedEndpoint } from './model';

/** At most `calls` in any span of `ms`. */
export interface LimitWindow {
	calls: number;
	ms: number;
}

/** Why a call is over the limit: the window's allowance and the whole seconds to wait. */
export interface OverLimit {
	limit: number;
	resetSeconds: number;
}

const tier3 = (): LimitWindow[] => [{ calls: 100, ms: 60_000 }];
const tier4 = (): LimitWindow[] => [
	{ calls: 1000, ms: 60_000 },
	{ calls: 50, ms: 1_000 },
];

/**
 * Sliding windows per app and endpoint (API sheet 3). Calls count when they arrive; refused ones do not count.
 */
export class Limits {
	readonly windows: Record<LimitedEndpoint, LimitWindow[]> = {
		create: tier3(),
		preview: tier3(),
		upload: tier3(),
		uploadV4: tier3(),
		get: tier4(),
		cc: tier3(),
		listInstances: tier3(),
		queryInstances: tier4(),
		searchCc: tier4(),
		queryTasks: tier4(),
		searchTasks: tier4(),
		cancel: tier3(),
		approveTask: tier3(),
		rejectTask: tier3(),
		transferTask: tier3(),
		resubmitTask: tier3(),
		addSign: tier4(),
		rollBack: tier4(),
		getDefinition: tier3(),
		subscribe: tier3(),
		unsubscribe: tier3(),
		createComment: tier4(),
		listComments: tier4(),
		deleteComment: tier4(),
		removeComments: tier4(),
		getUserIds: tier4(),
		getUsers: tier4(),
		getDepartments: tier4(),
		countConnections: [{ calls: 10, ms: 1_000 }],
	};

	private readonly arrivals = new Map<string, number[]>();

	constructor(
		private readonly clock: { now(): number },
		private readonly apps: Map<string, unknown>,
		public enabled: boolean,
		public readonly status: 429 | 400,
	) {}

	/** The headers of a limited answer; replace it to omit or falsify them. */
	headers: (over: OverLimit) => Record<string, string> = trueHeaders;

	/** Counts one arriving call, or says by how much it is too early. */
	admit(appId: string, endpoint: LimitedEndpoint): OverLimit | undefined {
		if (!this.enabled) return undefined;
		const arrivals = this.recent(appId, endpoint);
		const now = this.clock.now();
		let over: OverLimit | undefined;
		for (const { calls, ms } of this.windows[endpoint]) {
			const oldestInTheWay = arrivals[arrivals.length - calls];
			if (oldestInTheWay === undefined) continue;
			const waitMs = oldestInTheWay + ms - now;
			if (waitMs <= 0) continue;
			const resetSeconds = Math.ceil(waitMs / 1000);
			if (!over || resetSeconds > over.resetSeconds) over = { limit: calls, resetSeconds };
		}
		if (!over) arrivals.push(now);
		return over;
	}

	/** Another client of the app (default: of every app) makes `n` calls at this moment. */
	consume(endpoint: LimitedEndpoint, n: number, appId?: string): void {
		const now = this.clock.now();
		for (const app of appId === undefined ? this.apps.keys() : [appId]) {
			const arrivals = this.recent(app, endpoint);
			for (let call = 0; call < n; call++) arrivals.push(now);
		}
	}

	reset(): void {
		this.arrivals.clear();
		this.headers = trueHeaders;
	}

	private recent(appId: string, endpoint: LimitedEndpoint): number[] {
		const key = `${endpoint} ${appId}`;
		const widest = Math.max(...this.windows[endpoint].map(({ ms }) => ms));
		const since = this.clock.now() - widest;
		const recent = (this.arrivals.get(key) ?? []).filter((at) => at > since);
		this.arrivals.set(key, recent);
		return recent;
	}
}

function trueHeaders({ limit, resetSeconds }: OverLimit): Record<string, string> {
	return {
		'x-ogw-ratelimit-limit': String(limit),
		'x-ogw-ratelimit-reset': String(resetSeconds),
	};
}
