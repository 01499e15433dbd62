const { TestEnvironment } = require('jest-environment-node');

/** A mutant is found out by the first test that fails: the others are not worth their time. */
module.exports = class FailFast extends TestEnvironment {
	failed = false;

	handleTestEvent({ name, test }) {
		if (name === 'test_done') this.failed ||= test.errors.length > 0;
		if (name === 'test_start' && this.failed) test.mode = 'skip';
	}
};
