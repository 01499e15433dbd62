import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { CREDENTIAL } from '../../../feishu/client/sendOnce';
import type { Outcome } from '../deliver';
import type { FeishuEvent } from '../events/envelope';
import { keepCaught, nodeKeyOf, published, tests } from '../listening';
import { Receiver } from '../receiver';
import { appKeyOf, pushKeysOf, settingsOf, type Settings } from '../settings';
import { isNew } from '../snapshot';
import { TIMES } from '../times';
import { judge } from './answer';

/** Answered by ourselves, without a body; nothing runs. */
function answer(context: IWebhookFunctions, status: number): IWebhookResponseData {
	context.getResponseObject().status(status).end();
	return { noWebhookResponse: true };
}

const STATUS = { started: 200, unknown: 200, unwanted: 200, failed: 500 } as const;

/**
 * Takes an event where this process can start no runs but by what a webhook function gives back:
 * n8n's separate webhook processes. Static data that is changed is saved before the run begins.
 */
async function startHere(
	context: IWebhookFunctions,
	settings: Settings,
	app: string,
	event: FeishuEvent,
): Promise<IWebhookResponseData> {
	let workflowData: IWebhookResponseData['workflowData'];
	const receiver = new Receiver(context, settings, app, async (json, key): Promise<Outcome> => {
		if (isNew(context.getWorkflowStaticData('node'), key, Date.now())) {
			workflowData = [[{ json }]];
		}
		return 'started';
	});
	const outcome = await receiver.receive(event, TIMES.webhookMs);
	return { ...answer(context, STATUS[outcome]), workflowData };
}

/**
 * Takes an event for the test in the editor: n8n waits for the call of the test URL without a run,
 * and what begins the run is not handed to nodes that have a trigger function.
 */
async function startTest(
	context: IWebhookFunctions,
	settings: Settings,
	app: string,
	event: FeishuEvent,
): Promise<IWebhookResponseData> {
	let workflowData: IWebhookResponseData['workflowData'];
	const begin = async (json: IDataObject): Promise<Outcome> => {
		keepCaught(nodeKeyOf(context), json);
		workflowData = [[{ json }]];
		return 'started';
	};
	const receiver = new Receiver(context, settings, app, begin, true);
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
	const test = tests.of(node);
	// What is tested must not keep the event from the published workflow.
	void test?.receive(event, TIMES.webhookMs);
	const listener = published.of(node);
	if (context.getMode() === 'manual' && test === undefined) {
		return await startTest(context, settings, app, event);
	}
	if (listener === undefined && context.getMode() !== 'manual') {
		return await startHere(context, settings, app, event);
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
		const credentials = await context.getCredentials(CREDENTIAL).catch(() => undefined);
		if (credentials === undefined) {
			context.getResponseObject().status(400).send('The credential of the trigger cannot be read.');
			return { noWebhookResponse: true };
		}
		const settings = settingsOf(context);
		const { headers, rawBody } = context.getRequestObject();
		if (settings.connection !== 'webhook') return answer(context, 400);
		const judgement = judge(
			{ headers, rawBody: rawBody ?? new Uint8Array() },
			pushKeysOf(credentials),
			settings,
			Date.now(),
		);
		switch (judgement.kind) {
			case 'challenge':
				return { webhookResponse: { challenge: judgement.challenge } };
			case 'event':
				return await take(context, settings, appKeyOf(credentials), judgement.event);
			case 'ignored':
				return answer(context, 200);
			case 'refused':
				context.logger.warn(
					`Feishu Approval Trigger: a request was refused, because ${judgement.reason}.`,
				);
				return answer(context, judgement.status);
		}
	} catch (error) {
		const why = error instanceof Error ? error.message : 'unknown';
		context.logger.error(`Feishu Approval Trigger: an event could not be taken: ${why}`);
		return answer(context, 500);
	}
}
