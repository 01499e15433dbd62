const { availableParallelism } = require('node:os');

// n8n prints the error of every run that does not succeed; many here are not meant to.
process.env.N8N_LOG_LEVEL ??= 'silent';

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	testPathIgnorePatterns: ['/test/e2e/'],
	transform: {
		// Types are checked by `npm run typecheck`; here they are only taken off.
		'\\.ts$': ['ts-jest', { tsconfig: 'test/tsconfig.json', diagnostics: false }],
	},
	// Most tests wait for the local platform: two at a time even on two processors.
	maxWorkers: Math.max(2, availableParallelism() - 1),
	testTimeout: 30_000,
};
