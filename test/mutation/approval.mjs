import { judged } from './judged.mjs';

/** `approval/` is pure: its own tests have to find every mutant, without engine or network. */
export default judged('approval', {
	mutate: ['nodes/FeishuApproval/approval/**/*.ts'],
	jest: { config: { testMatch: ['<rootDir>/test/nodes/FeishuApproval/approval/**/*.test.ts'] } },
	concurrency: 1,
});
