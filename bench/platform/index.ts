/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- it starts a process */
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

import type { Question, Reply } from './child';
import type { Service } from './service';

export * from './fixtures';
export type { Seen, Setup } from './service';

type Asked = Question['name'];

/** The local platform in a process of its own. */
export class Platform {
	private lastId = 0;
	private readonly open = new Map<number, (reply: Reply) => void>();

	private constructor(
		private readonly child: ChildProcess,
		readonly url: string,
	) {
		child.on('message', (reply: Reply) => {
			this.open.get(reply.id)?.(reply);
			this.open.delete(reply.id);
		});
	}

	static async start(): Promise<Platform> {
		const child = fork(join(__dirname, 'child.ts'));
		const url = await new Promise<string>((done, fail) => {
			child.once('message', ({ result }: Reply) => done(String(result)));
			child.once('exit', (code) => fail(new Error(`The platform ended with ${code}`)));
		});
		return new Platform(child, url);
	}

	readonly setUp = this.ask('setUp');
	readonly startOthers = this.ask('startOthers');
	readonly expireIn = this.ask('expireIn');
	readonly seen = this.ask('seen');
	readonly push = this.ask('push');
	readonly cpu = this.ask('cpu');

	stop(): void {
		this.child.disconnect();
	}

	private ask<Name extends Asked>(name: Name): Service[Name] {
		return (async (...args: unknown[]) => {
			const id = ++this.lastId;
			const reply = await new Promise<Reply>((done) => {
				this.open.set(id, done);
				this.child.send({ id, name, args } satisfies Question);
			});
			if (reply.error !== undefined) throw new Error(reply.error);
			return reply.result;
		}) as Service[Name];
	}
}
