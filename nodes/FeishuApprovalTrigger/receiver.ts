import type { IAllExecuteFunctions, IDataObject } from 'n8n-workflow';

import { simplifyInstance } from '../../approval/instance';
import type { Answer, Failure } from '../../feishu/answer';
import { FeishuClient } from '../../feishu/client/client';
import { INSTANCE_NOT_FOUND } from '../../feishu/codes/groups';
import { explain } from '../../feishu/errors/explain';
import { instanceCall } from '../../feishu/instanceCall';
import { withTimeout } from '../../feishu/timing';
import type { Outcome, Taken } from './deliver';
import { nameIn, type FeishuEvent } from './events/envelope';
import { filterEvent } from './events/filter';
import { itemOf } from './events/item';
import { log, logFailure } from './log';
import { memoryOf, nodeKeyOf, type Listener } from './listening';
import type { Settings } from './settings';
import { TIMES } from './times';

/** Hands an item to n8n; the key tells the run from all others. Never rejects. */
export type Begin = (item: IDataObject, key: string) => Promise<Outcome>;

const TOO_LATE: Failure = {
	ok: false,
	carriedOut: 'no',
	transient: true,
	message: 'Feishu did not give the instance in time',
	hint: 'Read it with a Get Instance node.',
};

/** What one trigger node does with the events of its app, whichever way they came. */
export class Receiver implements Listener {
	private readonly node: string;

	constructor(
		private readonly context: IAllExecuteFunctions,
		private readonly settings: Settings,
		readonly app: string,
		private readonly begin: Begin,
		/** A test takes the event again, whatever was delivered before. */
		private readonly isTest = false,
	) {
		this.node = nodeKeyOf(context);
	}

	get approvalCodes(): readonly string[] {
		return this.settings.filter.approvalCodes;
	}

	async receive(event: FeishuEvent, ms: number): Promise<Taken> {
		const until = performance.now() + ms;
		const read = once(async () => await this.readInstance(event));
		try {
			const verdict = await this.judge(event, read);
			if (verdict !== 'wanted') return verdict;
			const item = async () => await this.itemOf(event, read);
			if (this.isTest) return await this.begin(await item(), event.id);
			const { deliveries, keys } = memoryOf(this.app, this.node);
			const key = `${this.node}/${keys.keyOf(event, Date.now())}`;
			const delivery = {
				key,
				lane: `${this.node}/${event.instanceCode ?? event.id}`,
				prepare: item,
				begin: async (json: IDataObject) => await this.begin(json, key),
				giveUp: () => this.tellOfLoss(event),
			};
			return await deliveries.deliver(delivery, until - performance.now());
		} catch (error) {
			logFailure(this.context, 'an event could not be taken', error);
			return 'failed';
		}
	}

	private tellOfLoss({ id, type }: FeishuEvent): void {
		const what = `the event ${id} (${type}) was acknowledged`;
		const why = 'but n8n could not store its execution for several minutes';
		log(this.context, 'error', `${what}, ${why}. It is lost: read the approval itself.`);
	}

	/** What cannot be told now comes again. */
	private async judge(
		event: FeishuEvent,
		read: () => Promise<Answer>,
	): Promise<'wanted' | 'unwanted' | 'failed'> {
		const { filter } = this.settings;
		const verdict = filterEvent(event, filter);
		if (verdict !== 'needsApprovalCode') return verdict;
		const answer = await read();
		if (!answer.ok) {
			if (INSTANCE_NOT_FOUND.has(answer.code)) return 'unwanted';
			const text = await explain(this.context, answer, []);
			log(
				this.context,
				'warn',
				`an event names no approval code, and its instance cannot be read. ${text}`,
			);
			return 'failed';
		}
		const approvalCode = nameIn(answer.data.approval_code);
		if (approvalCode === undefined) return 'failed';
		return filterEvent({ ...event, approvalCode }, filter) === 'wanted' ? 'wanted' : 'unwanted';
	}

	private async itemOf(event: FeishuEvent, read: () => Promise<Answer>): Promise<IDataObject> {
		const { includeInstance, simplify } = this.settings;
		const item = itemOf(event, simplify);
		if (!includeInstance || event.instanceCode === undefined) return item;
		const answer = await read();
		if (answer.ok) return { ...item, instance: simplifyInstance(answer.data) };
		const codes = [{ of: 'instance', field: 'Instance Code', code: event.instanceCode } as const];
		return { ...item, instance_error: await explain(this.context, answer, codes) };
	}

	/** One call at most: the platform does not wait for long. */
	private async readInstance({ instanceCode = '' }: FeishuEvent): Promise<Answer> {
		const client = new FeishuClient(this.context);
		const call = instanceCall(instanceCode);
		const answer = await withTimeout(
			TIMES.instanceMs,
			undefined,
			async () => await client.ask(call),
		);
		client.cancellation.end();
		return answer ?? TOO_LATE;
	}
}

/** The outcome of the first call, for every further one. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
	let made: Promise<T> | undefined;
	return async () => await (made ??= make());
}
