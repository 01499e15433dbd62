import { randomInt } from 'node:crypto';
import { admitApp } from './access';
import { fieldViolation, Refusal, success } from './answers';
import type { Answer } from './answers';
import { readJson, readText } from './bodies';
import { noPermission } from './getInstance';
import type { App, Instance, JournalEntry, StoredComment, User, UserIdType } from './model';
import { findUser, readUserIdType } from './people';
import type { Platform } from './platform';

const SCOPES = ['approval:approval', 'approval:instance.comment'];
const READING_SCOPES = [...SCOPES, 'approval:approval:readonly'];
const LARGEST_PAGE = 1000;

interface CommentCall {
	app: App;
	kind: UserIdType;
	instance: Instance;
	person: User;
	find(id: string): User;
}

/** Checks a call about the comments of an instance (API sheet 4.6): `user_id` stands in the query. */
function readCall(
	platform: Platform,
	entry: JournalEntry,
	code: string,
	scopes = SCOPES,
): CommentCall {
	const app = admitApp(platform, entry, scopes);
	const kind = readUserIdType(entry.query, app);
	const { user_id: id } = entry.query;
	if (typeof id !== 'string' || id === '') {
		throw fieldViolation('user_id', id, 'user_id is required');
	}
	const find = (one: string) => findUser(platform.users, app.app_id, kind, one);
	const person = find(id);
	const instance = platform.instances.get(code);
	if (!instance) throw new Refusal(1390001, 'param is invalid: instance_id');
	if (instance.forbidden) throw noPermission();
	return { app, kind, instance, person, find };
}

/** All comments of an instance and their replies, in one list. */
const everyOf = ({ comments = [] }: Instance): StoredComment[] =>
	comments.flatMap((comment) => [comment, ...comment.replies]);

/** `POST …/comments`: a new comment, a reply, or with `comment_id` another text for an old one. */
export function createComment(platform: Platform, entry: JournalEntry, code: string): Answer {
	const { instance, person, find } = readCall(platform, entry, code);
	const fields = readJson(entry);
	const content = readText(fields, 'content') ?? '';
	if (!isContent(content)) throw new Refusal(1390001, 'param is invalid: content');
	const mentions = readMentions(fields, content, find);
	const parent = readText(fields, 'parent_comment_id');
	const old = readText(fields, 'comment_id');
	const now = String(platform.clock.now());
	if (old !== undefined) {
		const known = everyOf(instance).find(({ id }) => id === old);
		if (known === undefined) throw new Refusal(1390001, 'param is invalid: comment_id');
		if (known.commentator.user_id !== person.user_id) throw noPermission();
		Object.assign(known, { content, mentions, update_time: now });
		return success({ comment_id: old });
	}
	const comment: StoredComment = {
		id: `${randomInt(1, 9)}${String(randomInt(1e14)).padStart(18, '0')}`,
		content,
		create_time: now,
		update_time: now,
		is_delete: 0,
		replies: [],
		mentions,
		commentator: person,
	};
	if (parent === undefined) (instance.comments ??= []).push(comment);
	else {
		const above = instance.comments?.find(({ id }) => id === parent);
		if (above === undefined) throw new Refusal(1390001, 'param is invalid: parent_comment_id');
		above.replies.push(comment);
	}
	return success({ comment_id: comment.id });
}

function isContent(content: string): boolean {
	try {
		const { text } = JSON.parse(content) as { text?: unknown };
		return typeof text === 'string';
	} catch {
		return false;
	}
}

/** The name has to stand in the text where the mention overlays it (API sheet 4.6). */
function readMentions(
	{ at_info_list: list = [] }: Record<string, unknown>,
	content: string,
	find: (id: string) => User,
): StoredComment['mentions'] {
	if (!Array.isArray(list)) throw fieldViolation('at_info_list', list, 'it is not a list');
	const { text } = JSON.parse(content) as { text: string };
	return (list as Array<Record<string, unknown>>).map(({ user_id: id, name, offset }) => {
		const isPlaced =
			typeof offset === 'string' &&
			typeof name === 'string' &&
			text.slice(Number(offset)).startsWith(`@${name}`);
		if (!isPlaced) throw new Refusal(1390001, 'param is invalid: at_info_list');
		return { person: find(String(id)), name, offset };
	});
}

const shown = (
	{ commentator, mentions, replies, ...rest }: StoredComment,
	kind: UserIdType,
): object => ({
	...rest,
	commentator: commentator[kind],
	at_info_list: mentions.map(({ person, ...one }) => ({ ...one, user_id: person[kind] })),
	replies: replies.map((reply) => shown(reply, kind)),
	extra: '',
});

/** `GET …/comments`: the deleted ones too; in pages if the app asks for some. */
export function listComments(platform: Platform, entry: JournalEntry, code: string): Answer {
	const { instance, kind } = readCall(platform, entry, code, READING_SCOPES);
	const { page_size: size = String(LARGEST_PAGE), page_token: token = '0' } = entry.query;
	const count = Number(size);
	if (!(count >= 1 && count <= LARGEST_PAGE)) {
		throw fieldViolation('page_size', size, `between 1 and ${LARGEST_PAGE} is possible`);
	}
	const all = instance.comments ?? [];
	const from = Number(token);
	const comments = all.slice(from, from + count).map((comment) => shown(comment, kind));
	const hasMore = from + count < all.length;
	return success({
		comments,
		...(hasMore ? { has_more: true, page_token: String(from + count) } : {}),
	});
}

/** `DELETE …/comments/:comment_id`: it stays in the list, marked. */
export function deleteComment(
	platform: Platform,
	entry: JournalEntry,
	code: string,
	commentId: string,
): Answer {
	const { instance, person } = readCall(platform, entry, code);
	const comment = everyOf(instance).find(({ id }) => id === commentId);
	if (comment === undefined || comment.is_delete === 1) {
		throw new Refusal(1390001, 'param is invalid: comment_id');
	}
	if (comment.commentator.user_id !== person.user_id) throw noPermission();
	comment.is_delete = 1;
	return success({ comment_id: commentId });
}

/** `POST …/comments/remove`: deletes all. */
export function removeComments(platform: Platform, entry: JournalEntry, code: string): Answer {
	const { instance } = readCall(platform, entry, code);
	for (const comment of everyOf(instance)) comment.is_delete = 1;
	return success({ instance_id: instance.instance_code, external_id: '' });
}
