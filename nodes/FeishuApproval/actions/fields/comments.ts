import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../../../approval/json';
import { Problem } from '../../../../approval/problem';
import type { Mention } from '../../../../approval/comments';
import type { Field } from './field';
import { person } from './people';
import { parseJsonField, parseMessage, parseText } from './text';

/** The ID of a comment: digits, as text. */
export const commentId: Field<string> = {
	property: {
		displayName: 'Comment ID',
		type: 'string',
		required: true,
		default: '={{ $json.comment_id }}',
		placeholder: 'e.g. 7081516627711606803',
		description: 'ID of the comment. After Create Comment or Get Many the default is right.',
	},
	parse(value, displayName) {
		const text = parseText(value, displayName);
		if (text instanceof Problem || /^\d{1,30}$/.test(text)) return text;
		if (text === '')
			return new Problem('is empty', `Enter the ID of a comment for ${displayName}.`);
		return new Problem(
			`cannot be right: "${text.slice(0, 60)}" is not the ID of a comment`,
			'Enter a comment_id that Create Comment or Get Many gives; it has digits only.',
		);
	},
};

/** What is said, which must not be empty. */
export const commentText: Field<string> = {
	property: {
		displayName: 'Text',
		type: 'string',
		typeOptions: { rows: 3 },
		required: true,
		default: '',
		description: 'What the comment says; the approval bot notifies people of it',
	},
	parse(value, displayName) {
		const text = parseMessage(value, displayName);
		if (text instanceof Problem || text.trim() !== '') return text;
		return new Problem('is empty', 'Enter what the comment says.');
	},
};

/** People who are mentioned, each with the name that is shown. */
export const mentions: Field<Mention[]> = {
	property: {
		displayName: 'Mentions',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Mention',
		default: {},
		description:
			'People to mention and notify. Where the text holds @ and the name, it becomes the mention; else it is added at the end.',
		options: [
			{
				displayName: 'Mention',
				name: 'mention',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. Zhang Min',
						description: 'The name to show after the @',
					},
					{
						displayName: 'Person',
						name: 'person',
						type: 'string',
						default: '',
						placeholder: 'e.g. ou_3cda9c96 or ann@example.com',
						description: 'An ID, email address or mobile number',
					},
				],
			},
		],
	},
	parse(value, _displayName, zone) {
		const { mention: list = [] } = isObject(value) ? value : { mention: value };
		if (!Array.isArray(list)) return new Problem('is not a list', 'Add people by Add Mention.');
		const read: Mention[] = [];
		for (const [index, entry] of (list as unknown[]).entries()) {
			const { name, person: who } = isObject(entry) ? entry : ({} as IDataObject);
			const shown = parseText(name, 'Name');
			const found = person.parse(who, 'Person', zone);
			if (found instanceof Problem) {
				return new Problem(`number ${index + 1}: Person ${found.message}`, found.hint);
			}
			if (shown instanceof Problem || shown === '') {
				const hint = 'Enter the name that is shown after the @.';
				return new Problem(`number ${index + 1}: Name is empty`, hint);
			}
			read.push({ name: shown.replace(/^@/, ''), person: found });
		}
		return read;
	},
	holds: 'people',
	people: {
		read: (list) => list.map(({ person: who }) => who),
		replace: (list, ids) => list.map((mention, index) => ({ ...mention, person: ids[index] })),
	},
};

/** Files that were uploaded before, for the content of a comment (API sheet 4.6). */
export const commentFiles: Field<IDataObject[]> = {
	property: {
		displayName: 'Files (JSON)',
		type: 'json',
		default: '[]',
		description:
			'Uploaded files as a JSON list of objects with url, name, size and file_type (attachment or image)',
	},
	parse(value, displayName) {
		const json = parseJsonField(value, displayName) ?? [];
		if (json instanceof Problem) return json;
		const list = Array.isArray(json) ? json : [json];
		const files: IDataObject[] = [];
		for (const entry of list) {
			if (!isObject(entry) || typeof entry.url !== 'string' || !/^https?:/.test(entry.url)) {
				return new Problem(
					'holds an entry without a link',
					`Each file needs a url that begins with https:// in ${displayName}, and should have name, size and file_type.`,
				);
			}
			const type = entry.file_type ?? entry.type ?? 'attachment';
			files.push({
				url: entry.url,
				title: entry.name ?? entry.title ?? '',
				fileSize: Number(entry.size ?? entry.fileSize ?? 0),
				type,
				...(type === 'image' ? { thumbnailURL: entry.url } : {}),
			});
		}
		return files;
	},
};
