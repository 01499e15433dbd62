/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';

import { HOME } from '../install';

const DOCS = resolve(__dirname, '../../../docs');
/** Bytes of a picture in docs/. */
const LARGEST = 150_000;

interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** What of the page a picture shows; all of it unless said otherwise. */
export interface Frame {
	/** Around these parts, with so many pixels to each side. */
	around?: { parts: Locator; margin: number };
	box?: Box;
	/** The name of the file in docs/, without its ending, if the picture belongs there. */
	docs?: string;
}

const SHOWN = `[
	document.body.innerText,
	...[...document.querySelectorAll('input:not([type=password]), textarea')].map((e) => e.value),
].join('\\n')`;

/** Pictures of each step, for a person to look at; with UPDATE_PICTURES=1 also those in docs/. */
export class Pictures {
	private taken = 0;

	private constructor(
		private readonly page: Page,
		private readonly secrets: () => string[],
		private readonly folder: string,
	) {}

	/** Starts with an empty folder. `secrets` must never be seen in a picture. */
	static async of(page: Page, secrets: () => string[], name = 'pictures'): Promise<Pictures> {
		const folder = join(HOME, name);
		await rm(folder, { recursive: true, force: true });
		await mkdir(folder, { recursive: true });
		return new Pictures(page, secrets, folder);
	}

	/** @throws an Error if a secret can be read in the page, or a picture for docs/ is too large */
	async take(name: string, { around, box, docs }: Frame = {}): Promise<void> {
		await this.tidyUp();
		const shown = await this.page.evaluate<string>(SHOWN);
		if (this.secrets().some((secret) => shown.includes(secret))) {
			throw new Error(`A secret or a token can be read in the picture "${name}"`);
		}
		const clip = around === undefined ? box : await this.boxAround(around.parts, around.margin);
		const look = { clip, animations: 'disabled', type: 'jpeg' } as const;
		const file = `${String(++this.taken).padStart(2, '0')}-${name}.jpg`;
		await this.page.screenshot({
			...look,
			clip: undefined,
			quality: 90,
			path: join(this.folder, file),
		});
		if (docs === undefined || process.env.UPDATE_PICTURES !== '1') return;

		const picture = await this.page.screenshot({ ...look, quality: 75 });
		if (picture.length >= LARGEST) throw new Error(`The picture ${docs}.jpg is too large`);
		await mkdir(DOCS, { recursive: true });
		await writeFile(join(DOCS, `${docs}.jpg`), picture);
	}

	/** Closes n8n's messages and puts the mouse where nothing answers to it. */
	private async tidyUp(): Promise<void> {
		const closers = this.page.locator('.el-notification__closeBtn');
		// One that goes by itself in the meantime is as good.
		while ((await closers.count()) > 0) {
			await closers
				.first()
				.click({ timeout: 3_000 })
				.catch(() => undefined);
		}
		await this.page.mouse.move(400, 8);
	}

	private async boxAround(parts: Locator, margin: number): Promise<Box> {
		const boxes = (
			await Promise.all((await parts.all()).map(async (part) => await part.boundingBox()))
		).filter((box) => box !== null);
		const { width, height } = this.page.viewportSize() ?? { width: Infinity, height: Infinity };
		const left = Math.max(0, Math.min(...boxes.map(({ x }) => x)) - margin);
		const top = Math.max(0, Math.min(...boxes.map(({ y }) => y)) - margin);
		const right = Math.min(width, Math.max(...boxes.map((box) => box.x + box.width)) + margin);
		const bottom = Math.min(height, Math.max(...boxes.map((box) => box.y + box.height)) + margin);
		return { x: left, y: top, width: right - left, height: bottom - top };
	}
}
