/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a program for a terminal */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import type * as Resources from '../../nodes/FeishuApproval/actions/resources';

const { RESOURCES } = createRequire(__filename)(
	'../../dist/nodes/FeishuApproval/actions/resources',
) as typeof Resources;

type Operation = (typeof RESOURCES)[string]['operations'][number];

interface Language {
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
		},
	},
];

/** The parts of the text file, by what they are about; the first stands before all operations. */
function notesOf({ notes }: Language): Map<string, string> {
	const parts = read(notes).split(/^<!-- (\S+) -->\n/m);
	const found = new Map<string, string>();
	for (let part = 1; part < parts.length; part += 2) found.set(parts[part], parts[part + 1].trim());
	return found;
}

/**
 * The reference of all operations in one language, from the built node's own descriptions.
 *
 * @throws an Error that names what is missing: a text in this language, or the part of an operation
 */
export function reference(language: Language): string {
	const { texts, words } = language;
	const notes = notesOf(language);
	const say = (text = ''): string => {
		const said = texts === undefined ? text : texts[text];
		if (said === undefined) throw new Error(`${language.notes} has no text for: ${text}`);
		return said.replaceAll('|', '\\|');
	};
	const label = (text: string) =>
		texts === undefined ? `**${text}**` : `**${text}** ${say(text)}`;

	/** A text that more follows: with a full stop, if it has none. */
	const sentence = (text: string): string => {
		if (text === '' || /[.。]$/.test(text)) return text;
		return text + (texts === undefined ? '.' : '。');
	};

	const choices = (field: INodeProperties): string => {
		if (field.type !== 'options' && field.type !== 'multiOptions') return '';
		const listed = (field.options as INodePropertyOptions[]).map(
			({ name, value }) => `\`${String(value)}\` ${say(name)}`,
		);
		return listed.join(', ');
	};
	const row = (field: INodeProperties, within?: 'filters' | 'options'): string => {
		const { displayName, name, description, required, default: usual } = field;
		const shown = String(usual) === '' ? words.empty : `\`${String(usual)}\``;
		const more = [required === true ? words.required : '', choices(field)].filter(Boolean);
		const meaning = more.length === 0 ? say(description) : sentence(say(description));
		const place = within === undefined ? '' : `${words[within]} > `;
		const prefix = within === undefined ? '' : `${within}.`;
		return `| ${place}${label(displayName)} | \`${prefix}${name}\` | ${[meaning, ...more].join(' ').trim()} | ${shown} |`;
	};
	const chapter = (resource: string, { value, option, properties }: Operation): string => {
		const part = notes.get(`${resource}.${value}`);
		if (part === undefined) throw new Error(`${language.notes} has no part ${resource}.${value}`);
		const { name } = RESOURCES[resource];
		const heading =
			texts === undefined
				? `## ${name}: ${option.name}`
				: `## ${name}: ${option.name}（${say(name)}：${say(option.name)}）`;
		const notices = properties.filter(({ type }) => type === 'notice');
		const fields = properties.filter(({ type }) => type !== 'notice');
		const rows = fields.flatMap((field) =>
			field.type === 'collection'
				? (field.options as INodeProperties[]).map((one) =>
						row(one, field.name as 'filters' | 'options'),
					)
				: [row(field)],
		);
		return [
			heading,
			'',
			`${sentence(say(option.description))} \`resource: ${resource}\`, \`operation: ${value}\``,
			'',
			`| ${words.field} | ${words.name} | ${words.meaning} | ${words.default} |`,
			'| --- | --- | --- | --- |',
			...rows,
			'',
			...notices.flatMap(({ displayName }) => [`> ${say(displayName)}`, '']),
			part,
		].join('\n');
	};

	const chapters = Object.entries(RESOURCES).flatMap(([resource, { operations }]) =>
		operations.map((operation) => chapter(resource, operation)),
	);
	return [notes.get('intro'), ...chapters, notes.get('end')].join('\n\n') + '\n';
}
