/* eslint-disable @n8n/community-nodes/no-restricted-globals -- tests, not nodes */
const EVERY_MS = 5;

let busy = 0;
let timer: NodeJS.Timeout | undefined;

beforeEach(() => {
	busy = 0;
	let last = performance.now();
	timer = setInterval(() => {
		const now = performance.now();
		busy += Math.max(0, now - last - EVERY_MS);
		last = now;
	}, EVERY_MS);
});
afterEach(() => clearInterval(timer));

/**
 * How long (ms) timers of this process came late since the test began. A test that asks how long
 * something waited allows this much more: on a busy machine it is the machine that is late, while
 * a pause that should not be there makes no timer late.
 */
export function busyMs(): number {
	return busy;
}
