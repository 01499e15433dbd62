/** Codes that mean: this token is dead, a new one may help (API sheet 2.5). */
export const TOKEN_REFUSED: ReadonlySet<number | undefined> = new Set([
	4001, 20005, 20013, 99991663, 99991664, 99991665, 99991671,
]);

/** The rate limit was hit (API sheet 3); the call was not carried out. */
export const RATE_LIMITED = 99991400;

/** Codes about a user ID, which may be of another kind than the call says. */
export const USER_ID_REFUSED: ReadonlySet<number | undefined> = new Set([
	4004, 60004, 1390004, 99991674, 99991675, 99992351, 99992352, 99992353, 99992359, 99992360,
	99992361, 99992363, 99992364, 99992381,
]);

/** Codes about an approval code that Feishu does not know. */
export const APPROVAL_NOT_FOUND: ReadonlySet<number | undefined> = new Set([
	4002, 60002, 1390002, 1390016,
]);

/** Codes about an instance code that Feishu does not know. */
export const INSTANCE_NOT_FOUND: ReadonlySet<number | undefined> = new Set([4003, 60003, 1390003]);

/** Codes about a value of the call, which may be one of several user IDs. */
export const PARAMETER_REFUSED: ReadonlySet<number | undefined> = new Set([
	...USER_ID_REFUSED,
	60001,
	1390001,
	99992402,
]);

/** The app is subscribed already, or is not any more (API sheet 4.5). */
export const SUBSCRIBED_ALREADY: ReadonlySet<number | undefined> = new Set([60007, 60008, 1390007]);

/** The app lacks a scope (API sheet 2.6). */
export const SCOPE_MISSING: ReadonlySet<number | undefined> = new Set([
	99991672, 99991676, 99991679,
]);

/** Codes about a task that is not open (any more), or not that person's (API sheet 4.0, pitfall 17). */
export const TASK_REFUSED: ReadonlySet<number | undefined> = new Set([
	60010, 1390001, 1390009, 1390010, 1390015,
]);
