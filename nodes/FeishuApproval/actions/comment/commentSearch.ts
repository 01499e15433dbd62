import type { IDataObject } from 'n8n-workflow';

import { commentsOf, type Comment } from '../../../../approval/comments';
import { Problem } from '../../../../approval/problem';
import type { UserIdType } from '../../../../approval/userIds';
import type { Failure } from '../../../../feishu/answer';
import type { ItemClient } from '../../../../feishu/client/itemClient';
import { untold, type Found, type ReadBack } from '../../../../feishu/client/readBack';
import { followPages } from '../../../../feishu/client/pages';
import { CLOCKS_DIFFER_MS, feishusLatest, feishusNow } from '../../../../feishu/clock';
import { callOf, ENDPOINTS, type Call } from '../../../../feishu/endpoints';
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

const LARGEST_PAGE = 1000;

/** The call that lists the comments of an instance. */
export const listCall = (input: CommentInput): Call =>
	callOf(ENDPOINTS.listComments, {
		path: { instance_id: input.instanceCode },
		qs: { ...queryOf(input), page_size: LARGEST_PAGE },
	});

/** The comments of an instance, as they were when somebody looked. */
export interface Listed {
	comments: Comment[];
	/** Whether these are certainly all. */
	isWhole: boolean;
	/** What is older (epoch ms on Feishu's clock) was written before the call. */
	since: number;
	/** What is younger was written after the call. */
	until: number;
}

/** What a look at the comments finds: the data of the call if it was carried out, why that cannot be
 * told, or nothing. */
type Find = (list: Listed) => IDataObject | Problem | undefined;

const UNFINISHED = new Problem('The list of comments could not be read to its end', '');

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
		let isWhole = true;
		let [since, until] = [0, 0];
		let failure: Failure | undefined;
		let pages = 0;
		const readContent = async (call: Call) => {
			const least = elapsed();
			const answer = await this.feishu.ask(call);
			if (!answer.ok) {
				failure = answer;
				return {};
			}
			since = feishusNow(answer.date) - elapsed() - CLOCKS_DIFFER_MS;
			until = feishusLatest(answer.date) - least;
			return answer.data;
		};
		const onUnfinished = () => {
			isWhole = false;
		};
		for await (const page of followPages({ readContent }, listCall(this.input), onUnfinished)) {
			comments.push(...commentsOf(page));
			if (!Array.isArray(page.comments)) onUnfinished();
			if (++pages < MOST_PAGES) continue;
			if (page.has_more === true) onUnfinished();
			break;
		}
		if (failure) return untold('The list of comments', failure);
		const data = this.find({ comments, isWhole, since, until });
		if (data instanceof Problem) return { state: 'unknown', problem: data };
		if (data === undefined && !isWhole) return { state: 'unknown', problem: UNFINISHED };
		if (data !== undefined) {
			const note = 'According to the comments, this was done; nothing was sent again.';
			return { state: 'applied', note, data };
		}
		const note = 'According to the comments, this was not done yet, and the call was sent again.';
		return { state: 'missing', call: this.call, note };
	};
}
