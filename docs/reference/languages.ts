/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a program for a terminal */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Language {
	/** The file that is made, in `docs/`. */
	file: string;
	/** What descriptions cannot say, in `docs/reference/`: a part for each operation. */
	notes: string;
	/** The node's own texts in this language, by their English. */
	texts?: Record<string, string>;
	words: {
		field: string;
		name: string;
		meaning: string;
		default: string;
		empty: string;
		required: string;
		options: string;
		filters: string;
		event: string;
		console: string;
		own: string;
	};
}

const read = (name: string) => readFileSync(join(__dirname, name), 'utf8');

/** The languages that the reference is written in. */
export const LANGUAGES: Language[] = [
	{
		file: 'reference.md',
		notes: 'en.md',
		words: {
			field: 'Field',
			name: 'Name inside',
			meaning: 'Meaning',
			default: 'Default',
			empty: 'empty',
			required: 'Required.',
			options: 'Options',
			filters: 'Filters',
			event: 'Event',
			console: 'In the developer console',
			own: 'Fields of its own',
		},
	},
	{
		file: 'reference.zh-CN.md',
		notes: 'zh-CN.md',
		texts: JSON.parse(read('zh-CN.json')) as Record<string, string>,
		words: {
			field: '字段',
			name: '内部名称',
			meaning: '含义',
			default: '默认值',
			empty: '空',
			required: '必填。',
			options: '选项',
			filters: '筛选条件',
			event: '事件',
			console: '在开发者后台',
			own: '特有的字段',
		},
	},
];

/** The parts of the text file, by what they are about; the first stands before all operations. */
export function notesOf({ notes }: Language): Map<string, string> {
	const parts = read(notes).split(/^<!-- (\S+) -->\n/m);
	const found = new Map<string, string>();
	for (let part = 1; part < parts.length; part += 2) found.set(parts[part], parts[part + 1].trim());
	return found;
}
