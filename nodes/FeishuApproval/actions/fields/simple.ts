import type { INodeProperties } from 'n8n-workflow';

import { choiceField } from './choices';
import type { Field } from './field';
import { parseCount, parseMessage, parseSwitch } from './text';

type Words = Pick<INodeProperties, 'displayName' | 'description'>;

/** A switch that is off unless somebody turns it on. */
export function switchField(words: Words): Field<boolean> {
	return { property: { ...words, type: 'boolean', default: false }, parse: parseSwitch };
}

/** Whether the output is simplified: on by default. */
export const simplify: Field<boolean> = {
	property: {
		displayName: 'Simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	parse: parseSwitch,
};

/** Whether form fields that refer to a Base are read as a whole (API sheet 4.1). */
export const nestedMutableGroup = switchField({
	displayName: 'Nested Mutable Group',
	description: 'Whether to return the full content of form fields that refer to a Base (Bitable)',
});

/** A message to people, sent as it is written. */
export function messageField(words: Words): Field<string> {
	return { property: { ...words, type: 'string', default: '' }, parse: parseMessage };
}

/** How many calls that read are made at the same time. */
export const concurrency: Field<number> = {
	property: {
		displayName: 'Concurrency',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 10,
		description: 'How many instances to read at the same time',
	},
	parse: (value) =>
		parseCount(
			value === undefined ? 10 : value,
			'Enter how many instances to read at the same time, for example 10.',
		),
};

const LOCALES = [
	{ name: 'Chinese (China)', value: 'zh-CN' },
	{ name: 'Chinese (Hong Kong)', value: 'zh-HK' },
	{ name: 'Chinese (Taiwan)', value: 'zh-TW' },
	{ name: 'English', value: 'en-US' },
	{ name: 'French', value: 'fr-FR' },
	{ name: 'German', value: 'de-DE' },
	{ name: 'Indonesian', value: 'id-ID' },
	{ name: 'Italian', value: 'it-IT' },
	{ name: 'Japanese', value: 'ja-JP' },
	{ name: 'Korean', value: 'ko-KR' },
	{ name: 'Malay', value: 'ms-MY' },
	{ name: 'Portuguese (Brazil)', value: 'pt-BR' },
	{ name: 'Russian', value: 'ru-RU' },
	{ name: 'Spanish', value: 'es-ES' },
	{ name: 'Thai', value: 'th-TH' },
	{ name: 'Vietnamese', value: 'vi-VN' },
];

/** In which language Feishu names things (API sheet 4.1). */
export const locale: Field<string> = choiceField(LOCALES, {
	displayName: 'Locale',
	default: 'zh-CN',
	description:
		"Language of names and texts. Without it, the approval definition's own language is used.",
});
