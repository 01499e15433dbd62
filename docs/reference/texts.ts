import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { notesOf, type Language } from './languages';

/** What chapters are made of, in one language. */
export interface Texts {
	words: Language['words'];
	/** Whether it is the language of the node itself. */
	isOwn: boolean;
	/** A text of the node. */
	say(text?: string): string;
	/** A text that more follows: with a full stop, if it has none. */
	sentence(text: string): string;
	/** What descriptions cannot say about a chapter. */
	part(name: string): string;
	/** The fields as a table, and the node's notices after it. */
	fields(properties: readonly INodeProperties[]): string[];
}

/**
 * The texts of a language. All of its functions throw an Error that names what is missing: a text in
 * this language, or a part of the notes.
 */
export function textsOf(language: Language): Texts {
	const { texts, words } = language;
	const isOwn = texts === undefined;
	const notes = notesOf(language);
	const say = (text = ''): string => {
		const said = isOwn ? text : texts[text];
		if (said === undefined) throw new Error(`${language.notes} has no text for: ${text}`);
		return said.replaceAll('|', '\\|');
	};
	const label = (text: string) => (isOwn ? `**${text}**` : `**${text}** ${say(text)}`);

	const sentence = (text: string): string => {
		if (text === '' || /[.。]$/.test(text)) return text;
		return text + (isOwn ? '.' : '。');
	};

	const part = (name: string): string => {
		const found = notes.get(name);
		if (found === undefined) throw new Error(`${language.notes} has no part ${name}`);
		return found;
	};

	const choices = (field: INodeProperties): string => {
		if (field.type !== 'options' && field.type !== 'multiOptions') return '';
		// Some are loaded from the platform.
		const listed = ((field.options ?? []) as INodePropertyOptions[]).map(
			({ name, value }) => `\`${String(value)}\` ${say(name)}`,
		);
		return listed.join(', ');
	};
	const row = (field: INodeProperties, within?: 'filters' | 'options'): string => {
		const { displayName, name, description, required, default: usual } = field;
		const isEmpty =
			usual === '' ||
			field.type === 'resourceMapper' ||
			(typeof usual === 'object' && Object.keys(usual ?? {}).length === 0);
		const shown = isEmpty ? words.empty : `\`${String(usual)}\``;
		const more = [required === true ? words.required : '', choices(field)].filter(Boolean);
		const meaning = more.length === 0 ? say(description) : sentence(say(description));
		const place = within === undefined ? '' : `${words[within]} > `;
		const prefix = within === undefined ? '' : `${within}.`;
		return `| ${place}${label(displayName)} | \`${prefix}${name}\` | ${[meaning, ...more].join(' ').trim()} | ${shown} |`;
	};
	const fields = (properties: readonly INodeProperties[]): string[] => {
		const notices = properties.filter(({ type }) => type === 'notice');
		const others = properties.filter(({ type }) => type !== 'notice');
		const rows = others.flatMap((field) =>
			field.type === 'collection'
				? (field.options as INodeProperties[]).map((one) =>
						row(one, field.name as 'filters' | 'options'),
					)
				: [row(field)],
		);
		return [
			`| ${words.field} | ${words.name} | ${words.meaning} | ${words.default} |`,
			'| --- | --- | --- | --- |',
			...rows,
			'',
			...notices.flatMap(({ displayName }) => [`> ${say(displayName)}`, '']),
		];
	};
	return { words, isOwn, say, sentence, part, fields };
}
