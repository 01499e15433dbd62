import { readForm } from '../../approval/form';

const A = 'https://x/a.pdf';
const B = 'https://x/b.pdf';

function files(value: unknown, beside = {}, type = 'attachmentV2') {
	return readForm(JSON.stringify([{ id: 'w', name: 'Files', type, value, ...beside }])).values;
}

describe('links that come as text', () => {
	it.each([
		['two', `${A},${B}`, [A, B]],
		['two with a space between', `${A}, ${B}`, [A, B]],
		['one', A, [A]],
		['one with spaces around', ` ${A} `, [A]],
		['a comma in a query', `${A}?range=1,2,${B}?a=,`, [`${A}?range=1,2`, `${B}?a=,`]],
		['a link in a query', `${A}?to=${B},${B}`, [`${A}?to=${B}`, B]],
		['other letters', `HTTPS://X/A,HtTp://x/b`, ['HTTPS://X/A', 'HtTp://x/b']],
		['the "&" escaped', `${A}?x\\u0026y,${B}`, [`${A}?x&y`, B]],
	])('are a list: %s', (_case, value, links) => {
		for (const type of ['attachment', 'attachmentV2', 'image', 'imageV2']) {
			expect(files(value, {}, type)).toEqual({ Files: links });
		}
	});
});

describe('the names of files', () => {
	it.each([
		['plain', [A, B], 'a.pdf,b.pdf', ['a.pdf', 'b.pdf']],
		['with spaces between', [A, B], 'a.pdf, b.pdf', ['a.pdf', 'b.pdf']],
		['quoted', [A, B], '"a.pdf","b.pdf"', ['a.pdf', 'b.pdf']],
		['quoted, with commas inside', [A, B], '"a,1.pdf", "b,2.pdf"', ['a,1.pdf', 'b,2.pdf']],
		['quoted in part', [A, B], '"a.pdf",b.pdf', ['a.pdf', 'b.pdf']],
		['of one file', [A], 'a.pdf', ['a.pdf']],
		['of one file, with commas', [A], 'a,b,c.pdf', ['a,b,c.pdf']],
		['of one file, quoted', [A], '"a,b.pdf"', ['a,b.pdf']],
		['of links that are text', `${A},${B}`, 'a.pdf,b.pdf', ['a.pdf', 'b.pdf']],
		['of one link that is text', A, 'a.pdf', ['a.pdf']],
		['too many for the links', [A, B], 'a,1.pdf,b.pdf', null],
		['too few for the links', [A, B], 'a.pdf', null],
		['quoted, too many', [A], '"a.pdf","b.pdf"', null],
		['of no links', [], 'a.pdf', null],
		['of a value that is missing', null, 'a.pdf', null],
		['a lone quote', [A], '"', ['"']],
	])('stand beside the links, or null: %s', (_case, value, ext, names) => {
		for (const type of ['attachment', 'attachmentV2', 'image', 'imageV2']) {
			expect(files(value, { ext }, type)['Files names']).toEqual(names);
		}
	});

	it.each([undefined, null, '', ' ', {}, 5])('are not there where none came: ext %j', (ext) => {
		expect(files([A], { ext })).toStrictEqual({ Files: [A] });
	});

	it('come in rows and groups as well', () => {
		const file = { id: 'widget1', name: 'F', type: 'image', value: `${A},${B}`, ext: 'a,b' };
		const read = readForm([
			{ id: 'table', type: 'fieldList', value: [[file]] },
			{ id: 'group', type: 'outGroup', value: [file] },
		]);
		const expected = { F: [A, B], 'F names': ['a', 'b'] };
		expect(read.values).toEqual({ table: [expected], group: expected });
	});
});
