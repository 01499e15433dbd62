import { judged } from './judged.mjs';

/** The platform's side is judged by n8n's engine with the mutated package, built anew. */
export default judged('calls', {
	mutate: ['credentials/**/*.ts', 'feishu/**/*.ts'],
	buildCommand: 'npm run build',
	jest: { config: { testMatch: ['<rootDir>/test/mutation/calls.ts'] } },
});
