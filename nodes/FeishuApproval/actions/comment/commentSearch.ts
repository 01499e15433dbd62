import type { IDataObject } from 'n8n-workflow';

import { commentsOf, type Comment } from '../../../../approval/comments';
import { Problem } from '../../../../approval/problem';
import type { UserIdType } from '../../../../approval/userIds';
import type { ItemClient } from '../../../../feishu/client/itemClient';
import { inWords, type Found, type ReadBack } from '../../../../feishu/client/readBack';
import { CLOCKS_DIFFER_MS, feishusNow } from '../../../../feishu/clock';
import { callOf, ENDPOINTS, type Call } from '../../../../feishu/endpoints';
import { escapeHtml } from '../../../../feishu/errors/html';
import type { Elapsed } from '../../../../feishu/timing';

/** Whose comments of which instance a call is about. */
export interface CommentInput {
	instanceCode: string;
	userId: string;
	userIdType: UserIdType;
}

/** More pages than this are not read to find one comment. */
const MOST_PAGES = 20;

/** The query that every call about comments carries (API sheet 4.6). */
export const queryOf = ({ userId, userIdType }: CommentInput): IDataObject => ({
	user_id: userId,
	user_id_type: userIdType,
});

/** What a look at the comments finds: the data of the call if it was carried out, or nothing. */
type Find = (comments: Comment[], since: number) => IDataObject | undefined;

/** Looks at the comments of an instance for what became of a call about them (API sheet 4.6). */
export class CommentSearch implements ReadBack {
	readonly hint = 'Look at the comments in Feishu before you do it again.';

	/** @param unknown "It is not known whether …" */
	constructor(
		private readonly feishu: ItemClient,
		private readonly input: CommentInput,
		private readonly call: Call,
		private readonly find: Find,
		readonly unknown: string,
		readonly isOnce?: true,
	) {}

	readonly look = async (elapsed: Elapsed): Promise<Found> => {
		const comments: Comment[] = [];
		let now = Date.now();
		let token: unknown;
		for (let page = 0; page < MOST_PAGES; page++) {
			const qs = { ...queryOf(this.input), page_size: 1000, page_token: token as string };
			const path = { instance_id: this.input.instanceCode };
			const answer = await this.feishu.ask(callOf(ENDPOINTS.listComments, { path, qs }));
			if (!answer.ok) {
				const why = `The list of comments does not tell (${escapeHtml(inWords(answer))})`;
				return { state: 'unknown', problem: new Problem(why, ''), isTemporary: answer.transient };
			}
			now = feishusNow(answer.date);
			comments.push(...commentsOf(answer.data));
			const { has_more: hasMore, page_token: next } = answer.data;
			if (hasMore !== true || typeof next !== 'string' || next === '' || next === token) break;
			token = next;
		}
		const data = this.find(comments, now - elapsed() - CLOCKS_DIFFER_MS);
		if (data !== undefined) {
			const note = 'According to the comments, this was done; nothing was sent again.';
			return { state: 'applied', note, data };
		}
		const note = 'According to the comments, this was not done yet, and the call was sent again.';
		return { state: 'missing', call: this.call, note };
	};
}
