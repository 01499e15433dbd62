/* eslint-disable @n8n/community-nodes/no-hardcoded-secrets -- made up, for an n8n that only this machine can reach */
import type { Instance } from './instance';

/** The one who signs in to an instance that these scripts have set up. */
export const OWNER = {
	email: 'owner@example.com',
	firstName: 'Ada',
	lastName: 'Owner',
	password: 'Sandbox-only-2026',
};

/** Calls n8n's own REST API as the owner. */
export class Session {
	private constructor(
		private readonly url: string,
		private readonly cookie: string,
	) {}

	/** Signs in to a running instance; the first time the owner is set up. */
	static async open(n8n: Instance): Promise<Session> {
		const setUp = await post(`${n8n.url}/rest/owner/setup`, OWNER);
		const { email, password } = OWNER;
		const answer = setUp.ok
			? setUp
			: await post(`${n8n.url}/rest/login`, { emailOrLdapLoginId: email, password });
		if (!answer.ok) throw new Error(`Nobody could sign in: ${await answer.text()}`);
		return new Session(
			n8n.url,
			answer.headers
				.getSetCookie()
				.map((cookie) => cookie.split(';')[0])
				.join('; '),
		);
	}

	/** The `data` of what n8n answers. */
	async get<T>(path: string): Promise<T> {
		return await dataOf<T>(await fetch(this.url + path, { headers: { cookie: this.cookie } }));
	}

	/** The `data` of what n8n answers. */
	async post<T>(path: string, body: object): Promise<T> {
		return await dataOf<T>(await post(this.url + path, body, { cookie: this.cookie }));
	}
}

async function post(url: string, body: object, headers: Record<string, string> = {}) {
	return await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify(body),
	});
}

async function dataOf<T>(answer: Response): Promise<T> {
	const body = (await answer.json()) as { data?: T; message?: string };
	if (!answer.ok) throw new Error(`n8n answered ${answer.status}: ${body.message}`);
	return (body.data ?? body) as T;
}
