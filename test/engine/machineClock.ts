/** Sets this machine's clock ahead by `ms` (back, if negative) until the test restores its mocks. */
export function setClock(ms: number): void {
	const now = Date.now;
	jest.spyOn(Date, 'now').mockImplementation(() => now() + ms);
}
