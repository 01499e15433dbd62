import { judged } from './judged.mjs';

/** Credentials and transport are judged by n8n's engine with the mutated package, built anew. */
export default judged('calls', {
	mutate: ['credentials/**/*.ts', 'nodes/FeishuApproval/transport/**/*.ts'],
	buildCommand: 'npm run build',
	jest: { config: { testMatch: ['<rootDir>/test/mutation/calls.ts'] } },
});
