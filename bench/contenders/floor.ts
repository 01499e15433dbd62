/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a program for a terminal */
import axios from 'axios';
import { Agent } from 'node:http';

import { tokenOf } from '../platform';
import { CONCURRENCY, inParallel, type Contender, type Copy } from './contender';

const INSTANCES = '/open-apis/approval/v4/instances';

/** The least that the calls can cost: nothing but an HTTP client, connections kept, token in hand. */
export function floor(baseURL: string, name = 'floor'): Contender {
	const http = axios.create({
		baseURL,
		httpAgent: new Agent({ keepAlive: true, maxSockets: CONCURRENCY }),
		proxy: false,
		headers: { authorization: `Bearer ${tokenOf(name)}` },
		validateStatus: () => true,
	});
	return {
		name,
		get: async (codes) =>
			await inParallel(codes, CONCURRENCY, async (code) => {
				const { data } = await http.get(`${INSTANCES}/${code}`);
				return data.code === 0 && data.data.instance_code === code;
			}),
		cc: async (copies) =>
			await inParallel(copies, 1, async (copy) => {
				const { data } = await http.post(`${INSTANCES}/cc`, bodyOf(copy), {
					params: { user_id_type: 'open_id' },
				});
				return data.code === 0;
			}),
	};
}

/** A copy as the platform takes it. */
export function bodyOf({ approvalCode, instanceCode, userId, ccUserIds }: Copy) {
	return {
		approval_code: approvalCode,
		instance_code: instanceCode,
		user_id: userId,
		cc_user_ids: ccUserIds,
	};
}
