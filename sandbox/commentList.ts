import type { AttachedFile, Instance, InstanceComment } from './model';

/** The content of a comment as Create Comment takes it (API sheet 4.6). */
interface Content {
	text: string;
	files?: Array<{ url: string; title?: string; fileSize?: number; type?: string }>;
}

const fileOf = ({
	url,
	title = '',
	fileSize = 0,
	type = 'attachment',
}: NonNullable<Content['files']>[number]): AttachedFile => ({
	url,
	title,
	file_size: fileSize,
	type,
});

/** The comments that were written through the API, as Get Instance shows them (API sheet 4.1). */
export function commentList({ comments = [] }: Instance): InstanceComment[] {
	return comments
		.flatMap((comment) => [comment, ...comment.replies])
		.filter((comment) => comment.is_delete === 0)
		.map(({ id, content, create_time, commentator: { user_id, open_id } }) => {
			const { text, files = [] } = JSON.parse(content) as Content;
			return { id, user_id, open_id, comment: text, create_time, files: files.map(fileOf) };
		});
}
