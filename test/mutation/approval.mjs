import { judged } from './judged.mjs';

/**
 * `approval/` is pure: its own tests have to find every mutant, without engine or network. Those with
 * generated inputs do not count: they take minutes, and what only chance finds is not tested.
 */
export default judged('approval', {
	mutate: ['approval/**/*.ts'],
	jest: {
		config: { testMatch: ['<rootDir>/test/approval/**/!(*.hostile).test.ts'] },
	},
	concurrency: 1,
});
