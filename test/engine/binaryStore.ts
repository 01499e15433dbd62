/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { Container as ContainerOfN8n } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** n8n's own store of binary data in files, as a server has it by default. */
export interface BinaryStore {
	/** What a binary of an item holds. */
	read(binary: IBinaryData): Promise<Buffer>;
	/** The names of all files in the store, unfinished ones and descriptions among them. */
	files(): Promise<string[]>;
	/** Where everything lies. */
	folder: string;
	close(): Promise<void>;
}

/** From now on, what nodes store lies in files of a folder of its own; until it is closed. */
export async function startBinaryStore(): Promise<BinaryStore> {
	// What n8n-core itself uses: another version may lie beside it.
	const ofCore = createRequire(require.resolve('n8n-core'));
	const { Container } = ofCore('@n8n/di') as { Container: typeof ContainerOfN8n };
	const folder = await mkdtemp(join(tmpdir(), 'binary-store-'));
	const config = { mode: 'filesystem', localStoragePath: folder };
	const reporter = { error: (error: unknown) => void error };
	const service = new BinaryDataService(config as never, reporter as never, {} as never);
	await service.init();
	const before = Container.get(BinaryDataService);
	Container.set(BinaryDataService, service);
	return {
		read: async ({ id = '' }) => await readFile(service.getPath(id)),
		files: async () => {
			const entries = await readdir(folder, { recursive: true, withFileTypes: true });
			return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
		},
		folder,
		close: async () => {
			Container.set(BinaryDataService, before);
			await rm(folder, { recursive: true, force: true });
		},
	};
}
