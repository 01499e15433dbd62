/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { LANGUAGES, reference } from '../docs/reference/generate';

const ROOT = join(__dirname, '..');
const text = (file: string) => readFileSync(join(ROOT, file), 'utf8');

describe.each(LANGUAGES.map((language) => [`docs/${language.file}`, language] as const))(
	'%s',
	(file, language) => {
		it('says what the node says (renew it with npm run docs)', () => {
			expect(text(file)).toBe(reference(language));
		});

		it('has a text for everything', () => {
			const some = Object.keys(language.texts ?? {})[0];
			if (some === undefined) return;
			const texts = Object.fromEntries(
				Object.entries(language.texts!).filter(([english]) => english !== some),
			);
			expect(() => reference({ ...language, texts })).toThrow(`has no text for: ${some}`);
		});

		it('has no text that nothing shows', () => {
			const shown = new Set<string>();
			const texts = new Proxy(language.texts ?? {}, {
				get(all, english: string) {
					shown.add(english);
					return all[english];
				},
			});
			if (language.texts !== undefined) reference({ ...language, texts });
			expect(Object.keys(texts).filter((english) => !shown.has(english))).toEqual([]);
		});
	},
);

const PAGES = [
	'README.md',
	'README.zh-CN.md',
	'CONTRIBUTING.md',
	'SECURITY.md',
	'docs/reference.md',
	'docs/reference.zh-CN.md',
	'docs/measured.md',
	'docs/reliability.md',
	'examples/README.md',
	'examples/README.zh-CN.md',
];

/** The anchors that GitHub makes of a page's headings. */
function anchorsOf(page: string): string[] {
	return [...text(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
		heading
			.toLowerCase()
			.replace(/[`*]/g, '')
			.replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
			.replaceAll(' ', '-'),
	);
}

it.each(PAGES)('%s links to what is there', (page) => {
	const links = [...text(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link]) => link);
	const broken = links.filter((link) => {
		const [path, anchor] = link.split('#');
		const target = path === '' ? page : join(dirname(page), path);
		if (!existsSync(join(ROOT, target))) return true;
		return anchor !== undefined && !anchorsOf(target).includes(decodeURIComponent(anchor));
	});
	expect(broken).toEqual([]);
});

it.each(['README.md', 'README.zh-CN.md'])('%s can be read in one go: below 16 kB', (page) => {
	expect(Buffer.byteLength(text(page))).toBeLessThan(16_000);
});
