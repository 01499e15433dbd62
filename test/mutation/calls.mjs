import { judged } from './judged.mjs';

/**
 * What needs the engine is judged by it with the mutated package, built anew. Which files are mutated
 * comes from the contract table.
 */
export default judged('calls', {
	buildCommand: 'npm run build',
	jest: { config: { testMatch: ['<rootDir>/test/mutation/calls.ts'] } },
});
