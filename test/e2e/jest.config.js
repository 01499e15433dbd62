const base = require('../../jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
	...base,
	rootDir: '../..',
	roots: ['<rootDir>/test/e2e'],
	testPathIgnorePatterns: [],
	// Each test runs commands of a whole n8n, one after another on few cores.
	testTimeout: 180_000,
	maxWorkers: 1,
};
