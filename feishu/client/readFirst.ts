import { Problem } from '../../approval/problem';
import type { ItemClient } from './itemClient';
import { UNREADABLE, type ReadBack } from './readBack';

/** Nobody can look as long as what has to be known for it cannot be read. */
const NOT_NOW: ReadBack = {
	...UNREADABLE,
	look: async () => ({
		state: 'unknown',
		problem: new Problem('What has to be read first cannot be read now', ''),
		isTemporary: true,
	}),
};

/**
 * Reads what a decision needs. Where that fails, a decision that an earlier try of the execution has
 * sent must not be forgotten: its outcome is not known, whatever this try could not read.
 *
 * @throws FeishuCallError with the words of the earlier try, or whatever `read` throws
 */
export async function readFirst<T>(feishu: ItemClient, read: () => Promise<T>): Promise<T> {
	return await read().catch(async (error: unknown) => {
		await feishu.findEarlier(NOT_NOW);
		throw error;
	});
}
