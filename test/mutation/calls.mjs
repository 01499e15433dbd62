import { judged } from './judged.mjs';

/** Credentials and transport are judged by n8n's engine with the mutated package, built anew. */
export default judged('calls', {
	mutate: [
		'credentials/**/*.ts',
		'nodes/FeishuApproval/transport/**/*.ts',
		// Tables of words, compared code by code with the published ones, not letter by letter.
		'!nodes/FeishuApproval/transport/{approvalCodes,platformCodes}.ts',
	],
	buildCommand: 'npm run build',
	jest: { config: { testMatch: ['<rootDir>/test/mutation/calls.ts'] } },
});
