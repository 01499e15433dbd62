import type { INodeProperties } from 'n8n-workflow';

/** Which kind of user ID a call carries (API sheet 7.1). */
export const userIdTypeField: INodeProperties = {
	displayName: 'User ID Type',
	name: 'userIdType',
	type: 'options',
	options: [
		{ name: 'Open ID', value: 'open_id', description: 'Begins with "ou_"; one per person and app' },
		{
			name: 'Union ID',
			value: 'union_id',
			description: 'Begins with "on_"; one per person for all apps of a developer',
		},
		{
			name: 'User ID',
			value: 'user_id',
			description:
				'The ID in your company; the app needs the scope contact:user.employee_id:readonly',
		},
	],
	default: 'open_id',
};

/** The languages that Feishu knows (API sheet 4.1), by name. */
export const LOCALES = [
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

/** In which language Feishu names things. */
export const localeField: INodeProperties = {
	displayName: 'Locale',
	name: 'locale',
	type: 'options',
	options: LOCALES,
	default: 'zh-CN',
	description:
		"Language of names and texts. Without it, the approval definition's own language is used.",
};
