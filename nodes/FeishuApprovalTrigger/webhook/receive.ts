import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import type { FeishuEvent } from '../events/envelope';
import { nodeKeyOf, published, tests } from '../listening';
import { log, logFailure } from '../log';
import { Receiver, type Begin } from '../receiver';
import { settingsOf, type Settings } from '../settings';
import { isNew } from '../snapshot';
import { TIMES } from '../times';
import { accountOf } from './account';
import { judge, type PushKeys } from './answer';

/** Answered by ourselves, without a body; nothing runs. */
function answer(context: IWebhookFunctions, status: number): IWebhookResponseData {
	context.getResponseObject().status(status).end();
	return { noWebhookResponse: true };
}

const STATUS = { started: 200, unknown: 200, unwanted: 200, failed: 500 } as const;

/** Says whether an item is to start the run that a webhook function gives back. */
type Accept = (json: IDataObject, key: string) => boolean;

/** Takes an event that can only start a run by what a webhook function gives back. */
async function takeHere(
	context: IWebhookFunctions,
	event: FeishuEvent,
	receiverWith: (begin: Begin) => Receiver,
	accept: Accept,
): Promise<IWebhookResponseData> {
	let workflowData: IWebhookResponseData['workflowData'];
	const receiver = receiverWith(async (json, key) => {
		if (accept(json, key)) workflowData = [[{ json }]];
		return 'started';
	});
	const outcome = await receiver.receive(event, TIMES.webhookMs);
	return { ...answer(context, STATUS[outcome]), workflowData };
}

async function take(
	context: IWebhookFunctions,
	settings: Settings,
	app: string,
	event: FeishuEvent,
): Promise<IWebhookResponseData> {
	const node = nodeKeyOf(context);
	const [test, listener] = [tests.of(node), published.of(node)];
	const isTestUrl = context.getMode() === 'manual';
	const receiverWith = (begin: Begin) => new Receiver(context, settings, app, begin, isTestUrl);
	// What is tested must not keep the event from the published workflow.
	void test?.receive(event, TIMES.webhookMs);
	if (isTestUrl && test === undefined) {
		return await takeHere(context, event, receiverWith, () => true);
	}
	if (listener === undefined && !isTestUrl) {
		// Where it is about to listen, it is told by n8n whether the event had a run before.
		if (published.areSettling()) return answer(context, STATUS.failed);
		// n8n's separate webhook processes. Static data that is changed is saved before the run begins.
		const isFirst: Accept = (_json, key) =>
			isNew(context.getWorkflowStaticData('node'), key, Date.now());
		return await takeHere(context, event, receiverWith, isFirst);
	}
	const outcome = (await listener?.receive(event, TIMES.webhookMs)) ?? 'unwanted';
	return answer(context, STATUS[outcome]);
}

/**
 * Answers a push to the webhook (API sheet 6.4 to 6.8): who sent it is found out first; an event is
 * acknowledged once its run is written, or after 1.5 seconds. Never throws: that would be a run of
 * its own that failed.
 */
export async function receiveWebhook(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		const settings = settingsOf(context);
		const { headers, rawBody } = context.getRequestObject();
		if (settings.connection !== 'webhook') return answer(context, 400);
		const request = { headers, rawBody: rawBody ?? new Uint8Array() };
		const judgeBy = (keys: PushKeys) => judge(request, keys, settings, Date.now());
		let account = await accountOf(context);
		let judgement = account && judgeBy(account.keys);
		if (judgement?.kind === 'refused') {
			// The keys may have been changed since they were read.
			account = await accountOf(context, TIMES.keysAgainMs);
			judgement = account && judgeBy(account.keys);
		}
		if (account === undefined || judgement === undefined) {
			context.getResponseObject().status(400).send('The credential of the trigger cannot be read.');
			return { noWebhookResponse: true };
		}
		switch (judgement.kind) {
			case 'challenge':
				return { webhookResponse: { challenge: judgement.challenge } };
			case 'event':
				return await take(context, settings, account.app, judgement.event);
			case 'ignored':
				return answer(context, 200);
			case 'refused':
				log(context, 'warn', `a request was refused, because ${judgement.reason}.`);
				return answer(context, judgement.status);
		}
	} catch (error) {
		logFailure(context, 'an event could not be taken', error);
		return answer(context, 500);
	}
}
