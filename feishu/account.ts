import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { stripInvisible } from '../approval/inputText';

/** The credential of this package, as nodes name it. */
export const CREDENTIAL = 'feishuAppApi';

/** Where each cloud answers: its API, and beside it the old address of the file upload. */
const CLOUDS: Readonly<Record<string, readonly string[]>> = {
	feishu: ['https://open.feishu.cn', 'https://www.feishu.cn'],
	lark: ['https://open.larksuite.com', 'https://www.larksuite.com'],
};

function cloudOf(credentials: ICredentialDataDecryptedObject): readonly string[] | undefined {
	return CLOUDS[textOf(credentials, 'platform') || 'feishu'];
}

/** A text field of the credential without the spaces and invisible characters that come along when it is pasted. */
export function textOf(credentials: ICredentialDataDecryptedObject, name: string): string {
	return stripInvisible(String(credentials[name] ?? '')).trim();
}

/**
 * The address of the platform without a slash at its end (API sheet 1.1).
 *
 * @throws an Error that names the field if a custom address is not one
 */
export function baseUrlOf(credentials: ICredentialDataDecryptedObject): string {
	const cloud = cloudOf(credentials);
	if (cloud !== undefined) return cloud[0];

	const entered = textOf(credentials, 'baseUrl').replace(/(\/open-apis)?\/*$/, '');
	if (entered === '') {
		throw new Error(
			'Base URL of the Feishu App API credential is empty. Enter the address of your platform, or choose Feishu or Lark as Platform.',
		);
	}
	if (!/^https?:\/\/[^?#@]+$/i.test(entered) || !URL.canParse(entered)) {
		throw new Error(
			'Base URL of the Feishu App API credential is not a web address. It begins with "https://" or "http://", for example https://open.feishu.cn.',
		);
	}
	return entered;
}

/**
 * The platform's own web origins, such as `https://open.feishu.cn`: the only ones that may see its
 * token. The API comes first, then the address of the file upload where the platform has one of its
 * own (API sheet 1.1 and 4.9).
 *
 * @throws an Error that names the field if a custom address is not one
 */
export function originsOf(credentials: ICredentialDataDecryptedObject): readonly string[] {
	return cloudOf(credentials) ?? [new URL(baseUrlOf(credentials)).origin];
}

/**
 * App ID and App Secret as Feishu knows them.
 *
 * @throws an Error that names the field if one of them is empty
 */
export function appOf(credentials: ICredentialDataDecryptedObject): { id: string; secret: string } {
	const id = textOf(credentials, 'appId');
	const secret = textOf(credentials, 'appSecret');
	if (id === '' || secret === '') {
		throw new Error(
			`${id === '' ? 'App ID' : 'App Secret'} of the Feishu App API credential is empty. Copy it from the Feishu developer console (Credentials & Basic Info).`,
		);
	}
	return { id, secret };
}
