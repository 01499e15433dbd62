/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a process of its own */
import { startSandbox } from '../../sandbox';
import { Service } from './service';

/** A question of the bench, and the answer to it. */
export interface Question {
	id: number;
	name: keyof Service;
	args: unknown[];
}
export interface Reply {
	id: number;
	result?: unknown;
	error?: string;
}

/** The platform as a process of its own, so that what it costs is not taken for a contender's. */
async function main(): Promise<void> {
	const sandbox = await startSandbox();
	const service = new Service(sandbox);
	process.on('message', (question: Question) => void answer(service, question));
	process.on('disconnect', () => process.exit(0));
	process.send?.({ id: 0, result: sandbox.url } satisfies Reply);
}

async function answer(service: Service, { id, name, args }: Question): Promise<void> {
	let reply: Reply;
	try {
		const work = service[name] as (...given: unknown[]) => Promise<unknown>;
		reply = { id, result: await work.apply(service, args) };
	} catch (error) {
		reply = { id, error: String(error) };
	}
	process.send?.(reply);
}

void main();
