import { FILE_PLACES, filesOf, isFormUnreadable } from '../../approval/files';

const X = 'https://x.example/';
const field = (more: object) => ({ id: 'w1', name: 'Files', type: 'attachmentV2', ...more });
const inForm = (...fields: object[]) => filesOf({ form: JSON.stringify(fields) }, FILE_PLACES);
const names = (...fields: object[]) => inForm(...fields).map(({ name }) => name);

it('names files as Feishu does, else as their link, else by kind and number', () => {
	expect(names(field({ value: [`${X}1`, `${X}2`], ext: '"a, b.pdf","c.pdf"' }))).toEqual([
		'a, b.pdf',
		'c.pdf',
	]);
	expect(names(field({ value: [`${X}%E5%8F%91%E7%A5%A8.pdf?x=1`] }))).toEqual(['发票.pdf']);
	expect(names(field({ value: [`${X}download/`], type: 'imageV2' }))).toEqual(['picture 1']);
	expect(names(field({ value: `${X}a?b=1,${X}c` }))).toEqual(['attachment 1', 'attachment 2']);
});

it('numbers names that come again, whatever their capitals', () => {
	const files = [`${X}1`, `${X}2`, `${X}3`, `${X}4`];
	expect(names(field({ value: files, ext: 'a.pdf,A.pdf,a,a' }))).toEqual([
		'a.pdf',
		'A (2).pdf',
		'a',
		'a (2)',
	]);
});

it.each([
	['../../etc/passwd', 'passwd'],
	['C:\\secret\\a.pdf', 'a.pdf'],
	['a\u0000b\u202e.pdf', 'ab.pdf'],
	['..', 'attachment 1'],
	['a<b>.pdf', 'ab.pdf'],
])('a name never holds a path or unseen marks: %j', (ext, name) => {
	expect(names(field({ value: [`${X}1`], ext }))).toEqual([name]);
});

it.each([0, 1])(
	'a long name is cut, but no emoji in two (%d letters before its end)',
	(letters) => {
		const [name] = names(
			field({ value: [`${X}1`], ext: `${'👍'.repeat(150)}${'a'.repeat(letters)}.pdf` }),
		);
		expect(name.endsWith(`👍${'a'.repeat(letters)}.pdf`)).toBe(true);
		expect(name.length).toBe(200 - letters);
		expect(name).not.toMatch(/\p{Surrogate}/u);
	},
);

it('finds them in tables and groups, with the field that they stand in', () => {
	const row = [field({ id: 'w2', name: 'Receipt', value: [`${X}a.pdf`] })];
	const group = field({ id: 'w3', custom_id: 'proof', type: 'image', value: [`${X}b.png`] });
	expect(
		inForm(
			{ id: 't', type: 'fieldList', value: [row, row] },
			{ id: 'g', type: 'leaveGroupV2', value: [group] },
		),
	).toEqual([
		{ url: `${X}a.pdf`, name: 'a.pdf', field: 'Receipt', from: 'form' },
		{ url: `${X}a.pdf`, name: 'a (2).pdf', field: 'Receipt', from: 'form' },
		{ url: `${X}b.png`, name: 'b.png', field: 'proof', from: 'form' },
	]);
});

it('takes only the places that are wanted, and what is no file for none', () => {
	const instance = {
		form: '{',
		comment_list: [{ files: [{ url: `${X}a\\u0026b.pdf`, title: 'a.pdf' }, null, {}] }, 7],
		timeline: 'none',
	};
	expect(filesOf(instance as never, FILE_PLACES)).toEqual([
		{ url: `${X}a&b.pdf`, name: 'a.pdf', field: null, from: 'comments' },
	]);
	expect(filesOf(instance as never, ['timeline'])).toEqual([]);
	expect(filesOf({}, FILE_PLACES)).toEqual([]);
});

it.each(['{', '{}', '7', 7, { form: [] }])('a form that is %j cannot be read', (form) => {
	expect(isFormUnreadable({ form })).toBe(true);
	expect(filesOf({ form }, FILE_PLACES)).toEqual([]);
});

it.each([undefined, null, '', '[]', '[null, 7, {}]'])('a form that is %j has no files', (form) => {
	expect(isFormUnreadable({ form })).toBe(false);
	expect(filesOf({ form }, FILE_PLACES)).toEqual([]);
});

it('a form may be nested without end', () => {
	const deep = '[{"id":"a","type":"fieldList","value":'.repeat(20_000);
	expect(filesOf({ form: `${deep}[]${'}]'.repeat(20_000)}` }, FILE_PLACES)).toEqual([]);
});
