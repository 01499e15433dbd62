import * as lark from '@larksuiteoapi/node-sdk';

import { appOf, tokenOf } from '../platform';
import { CONCURRENCY, inParallel, type Contender } from './contender';
import { bodyOf } from './floor';

const quiet = () => undefined;

/** Feishu's own SDK as the samples of its API pages use it: token by hand, no cache. */
export function sdk(domain: string, name = 'official SDK'): Contender {
	const { app_id: appId, app_secret: appSecret } = appOf(name);
	const { instance } = new lark.Client({
		appId,
		appSecret,
		domain,
		disableTokenCache: true,
		logger: { error: quiet, warn: quiet, info: quiet, debug: quiet, trace: quiet },
	}).approval.v4;
	const token = () => lark.withTenantToken(tokenOf(name));
	const succeeds = async (call: Promise<{ code?: number }>) =>
		await call.then(
			({ code }) => code === 0,
			() => false,
		);
	return {
		name,
		get: async (codes) =>
			await inParallel(codes, CONCURRENCY, async (code) => {
				return await succeeds(instance.get({ path: { instance_id: code } }, token()));
			}),
		cc: async (copies) =>
			await inParallel(copies, 1, async (copy) => {
				const params = { user_id_type: 'open_id' } as const;
				return await succeeds(instance.cc({ params, data: bodyOf(copy) }, token()));
			}),
	};
}
