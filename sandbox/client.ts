import axios from 'axios';
import type { AxiosInstance, AxiosResponse } from 'axios';
import { SANDBOX_APP } from './index';
import type { AppFixture, Sandbox } from './index';

/** An answer of the platform; `data` stays the text if it is no JSON. */
export interface FeishuBody {
	code: number;
	msg: string;
	data?: Record<string, unknown>;
	tenant_access_token: string;
	expire: number;
	error: {
		log_id: string;
		troubleshooter: string;
		permission_violations?: Array<{ type: string; subject: string }>;
		field_violations?: Array<{ field: string; value: string }>;
		helps?: Array<{ url: string }>;
	};
}

export type FeishuResponse = AxiosResponse<FeishuBody>;

export const INSTANCES = '/open-apis/approval/v4/instances';

/** A plain HTTP client for the sandbox's own tests: no status throws, nothing is followed. */
export class FeishuClient {
	readonly http: AxiosInstance;

	constructor(sandbox: Sandbox) {
		this.http = axios.create({
			baseURL: sandbox.url,
			proxy: false,
			maxRedirects: 0,
			validateStatus: () => true,
		});
	}

	async exchange(app: Partial<AppFixture> = SANDBOX_APP): Promise<FeishuResponse> {
		const { app_id, app_secret } = app;
		const path = '/open-apis/auth/v3/tenant_access_token/internal';
		return await this.http.post(path, { app_id, app_secret });
	}

	async token(app?: AppFixture): Promise<string> {
		return (await this.exchange(app)).data.tenant_access_token;
	}

	async get(token: string, id: string, params: object = {}): Promise<FeishuResponse> {
		return await this.http.get(`${INSTANCES}/${id}`, { params, headers: bearer(token) });
	}

	async cc(token: string, body: unknown, params: object = {}): Promise<FeishuResponse> {
		return await this.http.post(`${INSTANCES}/cc`, body, { params, headers: bearer(token) });
	}
}

export function bearer(token: string): { authorization: string } {
	return { authorization: `Bearer ${token}` };
}
