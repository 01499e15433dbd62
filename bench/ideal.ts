/** At most `calls` calls in any `ms` milliseconds. */
export interface Window {
	calls: number;
	ms: number;
}

/**
 * The earliest moments (ms after the first may begin) at which `count` calls can be made inside
 * Feishu's windows: each as soon as the windows admit it. With 1000 a minute and 50 a second, the
 * first fifty begin at 0, the next fifty a second later, and the second thousand after a minute.
 *
 * @param apartMs how far apart they are at least, where one begins when the one before is answered
 * @param others moments at which other clients of the app call, whatever happens; in their order
 */
export function earliest(
	count: number,
	windows: Window[],
	apartMs = 0,
	others: number[] = [],
): number[] {
	const admitted: number[] = [];
	const counted: number[] = [];
	let nextOther = 0;
	const countOthersUntil = (now: number) => {
		while (nextOther < others.length && others[nextOther] <= now) counted.push(others[nextOther++]);
	};
	let now = 0;
	while (admitted.length < count) {
		countOthersUntil(now);
		const free = windows.map(({ calls, ms }) => {
			const inTheWay = counted.at(-calls);
			return inTheWay === undefined ? now : inTheWay + ms;
		});
		const at = Math.max(now, ...free);
		if (at > now) {
			now = at;
			continue;
		}
		counted.push(now);
		admitted.push(now);
		now += apartMs;
	}
	return admitted;
}
