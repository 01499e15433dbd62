import type { IDataObject, IHttpRequestHelper } from 'n8n-workflow';

import { readAnswer, type Answer, type RawResponse } from '../../../feishu/answer';
import { readNetworkFailure, UNANSWERED } from '../../../feishu/networkErrors';
import { maySay, withoutSecret } from '../../../feishu/secrets';
import { TIMEOUTS } from '../../../feishu/timeouts';
import { withTimeout } from '../../../feishu/timing';
import { notUnderstood, readRefusal, type Refusal } from './refusal';
import { readRhythm } from './rhythm';
import type { Address } from './socket';

const ENDPOINT_PATH = '/callback/ws/endpoint';

/** An app on a platform, as `baseUrlOf` and `appOf` read it from the credential. */
export interface Account {
	baseUrl: string;
	appId: string;
	appSecret: string;
}

/** Posts JSON without a token and gives the whole response, whatever its status. */
export type Post = (url: string, body: IDataObject) => Promise<RawResponse>;

/** A {@link Post} made of a node's helpers. */
export function postWith(http: IHttpRequestHelper): Post {
	return async (url, body) =>
		(await http.helpers.httpRequest({
			method: 'POST',
			url,
			headers: { 'Content-Type': 'application/json; charset=utf-8' },
			body,
			timeout: TIMEOUTS.exchangeMs,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		})) as RawResponse;
}

async function ask({ baseUrl, appId, appSecret }: Account, post: Post): Promise<Answer> {
	try {
		const response = await withTimeout(
			TIMEOUTS.exchangeMs,
			undefined,
			async () => await post(baseUrl + ENDPOINT_PATH, { AppID: appId, AppSecret: appSecret }),
		);
		return response === undefined ? UNANSWERED : readAnswer(response, appSecret);
	} catch (error) {
		return readNetworkFailure(error);
	}
}

/** The address contains the number of the service, which each ping repeats. */
function addressIn({ URL: url, ClientConfig: config }: IDataObject): Address | undefined {
	if (typeof url !== 'string' || !/^wss?:\/\/[^#]+$/.test(url) || !URL.canParse(url))
		return undefined;
	const service = Number(new URL(url).searchParams.get('service_id'));
	if (!Number.isInteger(service)) return undefined;
	return { url, service, rhythm: readRhythm(config) };
}

/** An error of the network may quote what was sent. */
function withoutTheSecret(refusal: Refusal, { appSecret }: Account): Refusal {
	return maySay(refusal.text, appSecret) ? withoutSecret(refusal, appSecret) : refusal;
}

/**
 * Asks the platform where to connect (as the official SDK does it): each address holds a ticket that serves once.
 * Never throws.
 */
export async function fetchAddress(account: Account, post: Post): Promise<Address | Refusal> {
	const answer = await ask(account, post);
	if (!answer.ok) return withoutTheSecret(readRefusal(answer, account.baseUrl), account);
	return addressIn(answer.data) ?? notUnderstood();
}
