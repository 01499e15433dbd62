import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * How mutants are judged, whichever part of the package they are in.
 *
 * @param part names the reports
 * @param {import('@stryker-mutator/api/core').PartialStrykerOptions} options
 * @returns {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export const judged = (part, { jest, ...options }) => ({
	ignorePatterns: ['dist', '.real-n8n'],
	disableTypeChecks: true,
	testRunner: 'jest',
	jest: {
		configFile: 'jest.config.js',
		// n8n's loader finds the built package by itself: no import leads from a test to its source.
		enableFindRelatedTests: false,
		...jest,
		config: {
			...jest.config,
			testEnvironment: require.resolve('./failFast.cjs'),
			testTimeout: 15_000,
		},
	},
	coverageAnalysis: 'perTest',
	// All tests, one after the other.
	dryRunTimeoutMinutes: 30,
	concurrency: 2,
	maxTestRunnerReuse: 40,
	timeoutMS: 10_000,
	timeoutFactor: 1.5,
	reporters: ['clear-text', 'progress-append-only', 'json'],
	clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
	jsonReporter: { fileName: `reports/mutation/${part}.json` },
	thresholds: { high: 95, low: 85, break: 85 },
	tempDirName: '.stryker-tmp',
	cleanTempDir: 'always',
	...options,
});
