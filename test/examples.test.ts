/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '../examples');
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

describe('the examples', () => {
	it('are there', () => {
		expect(FILES).toHaveLength(18);
	});

	it.each(['README.md', 'README.zh-CN.md'])('are all listed in %s', (page) => {
		const list = readFileSync(join(FOLDER, page), 'utf8');
		expect(FILES.filter((name) => !list.includes(`(${name})`))).toEqual([]);
	});

	// Without it, n8n's editor cannot run a node of an imported workflow a second time.
	it.each(FILES)('%s says that it has no pinned data', (name) => {
		const example = JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as { pinData?: object };
		expect(example.pinData).toEqual({});
	});
});
