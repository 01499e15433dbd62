/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- processes, not a node */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

import { CURRENT } from './install';
import type { WorkflowFile } from './instance';
import { startServices } from './services';
import { openWorld, type World } from './world';

/** A worker of n8n's queue mode. */
export interface Worker {
	child: ChildProcess;
	/** The executions that it said it has started. */
	started(): number[];
}

/** An execution in n8n's database. */
export interface Stored {
	id: number;
	status: string;
	/** n8n says that its worker let go of it and nobody takes it up again. */
	lost: boolean;
}

/** An n8n in queue mode: one main process and some workers, which share Redis and PostgreSQL. */
export interface Cluster extends World {
	workers: Worker[];
	/** The executions that came after the one with this id, in their order. */
	executionsAfter(id: number): Promise<Stored[]>;
	/** The rows that a query of the database gives. */
	query<T>(sql: string): Promise<T[]>;
	/** All that stands in the database but keys, table by table. */
	database(): Promise<string[]>;
}

const LOST = 'This execution failed to be processed too many times and will no longer retry.';

async function startWorker({ n8n }: World): Promise<Worker> {
	const child = await n8n.spawn(['worker']);
	let output = '';
	child.stdout?.on('data', (data: Buffer) => (output += data.toString()));
	child.stderr?.on('data', (data: Buffer) => (output += data.toString()));
	const deadline = Date.now() + 180_000;
	while (!output.includes('n8n worker is now ready')) {
		if (child.exitCode !== null || Date.now() > deadline)
			throw new Error(`The worker did not start:\n${output.slice(-3000)}`);
		await wait(250);
	}
	return {
		child,
		started: () =>
			[...output.matchAll(/Worker started execution (\d+)/g)].map(([, id]) => Number(id)),
	};
}

/** Starts such an n8n, with these workflows published in it. */
export async function openCluster(
	count: number,
	workflows: WorkflowFile[],
	credential: ICredentialDataDecryptedObject = {},
): Promise<Cluster> {
	const services = await startServices();
	let world: World | undefined;
	const close = async () => {
		try {
			await world?.close();
		} finally {
			await services.stop();
		}
	};
	try {
		const opened = await openWorld(CURRENT, 'queue', services.settings);
		world = opened;
		await opened.n8n.importWorkflows(workflows);
		for (const { id } of workflows) {
			const { succeeded, output } = await opened.n8n.run('publish:workflow', `--id=${id}`);
			if (!succeeded) throw new Error(`${id} could not be published:\n${output.slice(-2000)}`);
		}
		await opened.credential(credential);
		await opened.n8n.start();
		const workers = await Promise.all(Array.from({ length: count }, () => startWorker(opened)));
		const executionsAfter = async (last: number) =>
			await services.query<Stored>(`
				select id, status, data like '%${LOST}%' as lost
				from execution_entity left join execution_data on "executionId" = id
				where id > ${last} order by id`);
		const database = async () => {
			const tables = await services.query<{ name: string }>(
				"select table_name as name from information_schema.tables where table_schema = 'public'",
			);
			const rows = tables.map(async ({ name }) => await services.query(`select * from "${name}"`));
			return (await Promise.all(rows)).map((table) => JSON.stringify(table));
		};
		const query = async <T>(sql: string) => await services.query<T>(sql);
		return { ...opened, workers, executionsAfter, query, database, close };
	} catch (error) {
		await close();
		throw error;
	}
}
