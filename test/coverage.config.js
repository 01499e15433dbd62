const base = require('../jest.config');

/** @type {import('jest').Config} */
module.exports = {
	...base,
	rootDir: '..',
	roots: [
		'<rootDir>/test/approval',
		'<rootDir>/test/credentials',
		'<rootDir>/test/feishu',
		'<rootDir>/test/nodes',
		'<rootDir>/dist',
	],
	// What generated inputs come across by chance does not count.
	testPathIgnorePatterns: ['\\.hostile\\.test\\.ts$'],
	// The built package is measured, because n8n loads it: tests of single functions take it here too.
	moduleNameMapper: {
		'^(?:\\.\\./)+((?:approval|credentials|feishu|nodes)/.+)$': '<rootDir>/dist/$1',
	},
	collectCoverage: true,
	// Types alone leave an empty file behind.
	collectCoverageFrom: [
		'dist/{approval,credentials,feishu,nodes}/**/*.js',
		'!**/actions/operation.js',
	],
	// Anywhere else n8n's build would pack its pictures, or n8n's lint would read its scripts.
	coverageDirectory: 'node_modules/.cache/coverage',
	coverageReporters: ['text', 'html'],
	coverageThreshold: { global: { statements: 95, branches: 95 } },
};
