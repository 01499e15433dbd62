import {
	NodeOperationError,
	type ICredentialDataDecryptedObject,
	type ITriggerFunctions,
	type ITriggerResponse,
} from 'n8n-workflow';

import { appOf, baseUrlOf, CREDENTIAL } from '../../feishu/account';
import { FeishuClient } from '../../feishu/client/client';
import { callOf, ENDPOINTS } from '../../feishu/endpoints';
import { begin, knowsKeys } from './begin';
import { readEvent } from './events/envelope';
import { nodeKeyOf, published, tests } from './listening';
import { postWith } from './longConnection/endpoint';
import { joinConnection, type Consumer } from './longConnection/registry';
import { Receiver } from './receiver';
import { appKeyOf, pushKeysOf, settingsOf, type Settings } from './settings';
import { isNew } from './snapshot';
import { Subscriptions } from './subscribe';
import { notePublication } from './unpublish';

/** A credential that lacks something says so in the words of its own. */
async function appFor(context: ITriggerFunctions) {
	const credentials = await context.getCredentials(CREDENTIAL);
	return { credentials, key: appKeyOf(credentials), ...appOf(credentials) };
}

function checkKeys(
	context: ITriggerFunctions,
	{ connection, acceptUnverified }: Settings,
	credentials: ICredentialDataDecryptedObject,
): void {
	const { encryptKey, verificationToken } = pushKeysOf(credentials);
	if (connection !== 'webhook' || encryptKey || verificationToken || acceptUnverified) return;
	throw new NodeOperationError(
		context.getNode(),
		'The credential has neither an Encrypt Key nor a Verification Token, so anybody who knows the URL could start this workflow. Copy both from the Feishu developer console (Events & Callbacks, Encryption Strategy) into the Feishu App API credential, or switch the option Accept Unverified Events on.',
	);
}

/** What the long connection needs of a node. */
function connectionFor(
	context: ITriggerFunctions,
	account: { baseUrl: string; appId: string; appSecret: string },
) {
	const { logger } = context;
	return {
		account,
		refresh: async () => {
			const now = await appFor(context).catch(() => undefined);
			const isSame = now?.id === account.appId && baseUrlOf(now.credentials) === account.baseUrl;
			if (isSame) account.appSecret = now.secret;
		},
		post: postWith(context),
		log: {
			info: (text: string) => logger.info(text),
			warn: (text: string) => logger.warn(text),
		},
		onlineCount: async () => {
			const data = await new FeishuClient(context).read(callOf(ENDPOINTS.countConnections, {}));
			const count = Number(data.online_instance_cnt);
			return Number.isInteger(count) ? count : undefined;
		},
	};
}

/**
 * Tells the builder of a refusal as a failed run, while the workflow stays published. After
 * `emitError`, n8n would try five times within seconds and then leave the workflow deaf.
 */
function reportRefusal(context: ITriggerFunctions, refusal: Error): void {
	const error = new NodeOperationError(context.getNode(), refusal);
	// Older versions of n8n have nothing else.
	if (typeof context.saveFailedExecution !== 'function') return context.emitError(error);
	context.saveFailedExecution(error);
}

/** Whether the editor listens for a test event. */
const isTest = (context: ITriggerFunctions) => context.getMode() === 'manual';

/** The node as a member of the app's long connection. */
function consumerFor(context: ITriggerFunctions, receiver: Receiver): Consumer {
	return {
		node: isTest(context) ? undefined : nodeKeyOf(context),
		isStarting: context.getActivationMode() === 'init',
		onEvent: async (body, ms) => {
			const event = readEvent(body);
			return event === undefined ? 'unwanted' : await receiver.receive(event, ms);
		},
		onRefused: (refusal) => reportRefusal(context, refusal),
	};
}

/**
 * Starts runs by n8n's own way, or gives the event to the test in the editor, once n8n is `ready` to
 * take it there.
 */
function receiverFor(
	context: ITriggerFunctions,
	settings: Settings,
	app: string,
	ready: Promise<void>,
): Receiver {
	if (isTest(context)) {
		const hand = async (json: Parameters<typeof begin>[1]) => {
			await ready;
			context.emit([[{ json }]]);
			return 'started' as const;
		};
		return new Receiver(context, settings, app, hand, true);
	}
	return new Receiver(context, settings, app, async (json, key) => {
		const isKnown =
			!knowsKeys(context) && !isNew(context.getWorkflowStaticData('node'), key, Date.now());
		return isKnown ? 'started' : await begin(context, json, key);
	});
}

/**
 * Subscribes to the events and takes them, for a published workflow or for a test in the editor,
 * until the function that comes back is called.
 *
 * @throws an Error with all there is to know in its message, for what time does not cure; n8n keeps
 * nothing else of it
 */
export async function listen(context: ITriggerFunctions): Promise<ITriggerResponse> {
	if (isTest(context)) return await listenWith(context, tests);
	const node = nodeKeyOf(context);
	// Only what has listened can be unpublished.
	notePublication(node, false);
	const response = await listenWith(context, published);
	notePublication(node, true);
	return response;
}

async function listenWith(
	context: ITriggerFunctions,
	listeners: typeof tests,
): Promise<ITriggerResponse> {
	const settings = settingsOf(context);
	const { credentials, key, id, secret } = await appFor(context);
	checkKeys(context, settings, credentials);
	let makeReady: () => void = () => undefined;
	const ready = new Promise<void>((resolve) => (makeReady = resolve));
	const receiver = receiverFor(context, settings, key, ready);
	const report = (refusal: Error) => reportRefusal(context, refusal);
	const subscriptions = new Subscriptions(context, settings.filter.approvalCodes, report);
	const leave: Array<() => void> = [() => subscriptions.close()];
	const close = () => {
		for (const end of leave.splice(0)) end();
	};
	try {
		// Listening first: events come as soon as they are subscribed.
		leave.push(listeners.add(nodeKeyOf(context), receiver));
		if (settings.connection === 'longConnection') {
			const account = { baseUrl: baseUrlOf(credentials), appId: id, appSecret: secret };
			leave.push(
				await joinConnection(connectionFor(context, account), consumerFor(context, receiver)),
			);
		}
		await subscriptions.begin(context.getActivationMode() === 'init');
	} catch (error) {
		close();
		throw new NodeOperationError(context.getNode(), error as Error);
	}
	// n8n calls it where it listens for a test event, and takes events from then on.
	const manualTriggerFunction = async () => makeReady();
	return { closeFunction: async () => close(), manualTriggerFunction };
}
