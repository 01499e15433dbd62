import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const STRYKER = fileURLToPath(import.meta.resolve('@stryker-mutator/core/bin/stryker.js'));

// Both parts print their table, whatever comes of the first.
const failed = ['approval', 'calls'].filter((part) => {
	const config = fileURLToPath(new URL(`${part}.mjs`, import.meta.url));
	const { status } = spawnSync(process.execPath, [STRYKER, 'run', config], { stdio: 'inherit' });
	return status !== 0;
});
if (failed.length > 0) {
	console.error(`The score is too low, or was not reached: ${failed.join(', ')}`);
	process.exitCode = 1;
}
