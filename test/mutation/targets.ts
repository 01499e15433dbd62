/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a program for a terminal */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path/posix';
import ts from 'typescript';

import { ROWS } from '../contract/rows';

const ROOT = join(__dirname.replaceAll('\\', '/'), '../..');
const ACTIONS = 'nodes/FeishuApproval/actions';

/** The files that a file imports to run, not for their types alone. */
function importsOf(file: string): string[] {
	const source = ts.createSourceFile(
		file,
		readFileSync(join(ROOT, file), 'utf8'),
		ts.ScriptTarget.Latest,
	);
	return source.statements.flatMap((statement) => {
		if (!ts.isImportDeclaration(statement)) return [];
		const { importClause, moduleSpecifier } = statement;
		const { text } = moduleSpecifier as ts.StringLiteral;
		return importClause?.isTypeOnly || !text.startsWith('.')
			? []
			: [join(file, '..', `${text}.ts`)];
	});
}

/** A file, and all that it needs to run. */
function reachedFrom(file: string, reached = new Set<string>()): Set<string> {
	if (reached.has(file)) return reached;
	reached.add(file);
	for (const other of importsOf(file)) reachedFrom(other, reached);
	return reached;
}

/** The file of an operation: `<resource>/<operation>.operation.ts`, or in a folder below. */
function fileOf(resource: string, operation: string): string {
	const folder = join(ACTIONS, resource);
	const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
	const found = files.find((file) => file.split(/[\\/]/).pop() === `${operation}.operation.ts`);
	if (found === undefined) throw new Error(`${folder} has no ${operation}.operation.ts`);
	return join(folder, found.replaceAll('\\', '/'));
}

const OPERATIONS = new Map(
	ROWS.map(({ resource, operation }) => [`${resource}.${operation}`, fileOf(resource, operation)]),
);

/** Where the node itself, with the client, and the credential begin. */
const SHARED = [join(ACTIONS, 'router.ts'), 'credentials/FeishuAppApi.credentials.ts'];
/** It leads from the node to all operations. */
const LIST = join(ACTIONS, 'resources.ts');

function reachedFromAll(files: string[]): Set<string> {
	const reached = new Set([LIST]);
	for (const file of files) reachedFrom(file, reached);
	return reached;
}

/**
 * The files to be mutated: those of all operations of the contract table with all that they, the
 * node and the credential need to run; with names, what only these operations need. `approval/` is
 * left out: its own tests find its mutants without the engine.
 */
export function targetsOf(names: string[]): string[] {
	const unknown = names.find((name) => !OPERATIONS.has(name));
	if (unknown !== undefined) {
		throw new Error(`There is no ${unknown}, but ${[...OPERATIONS.keys()].join(', ')}`);
	}
	const isAsked = (name: string) => names.length === 0 || names.includes(name);
	const asked = [...OPERATIONS].flatMap(([name, file]) => (isAsked(name) ? [file] : []));
	const others = [...OPERATIONS].flatMap(([name, file]) => (isAsked(name) ? [] : [file]));
	const reached = reachedFromAll(names.length === 0 ? [...asked, ...SHARED] : asked);
	const elsewhere = reachedFromAll(names.length === 0 ? [] : [...others, ...SHARED]);
	return [...reached]
		.filter((file) => !file.startsWith('approval/') && !elsewhere.has(file))
		.sort();
}

/** Lines in a row that a sample takes. */
const BLOCK = 8;

/** About so many lines of the files in blocks spread evenly over all of them, as Stryker wants it. */
export function sampleOf(files: string[], lines: number): string[] {
	const blocks = files.flatMap((file) => {
		const count = readFileSync(join(ROOT, file), 'utf8').split('\n').length;
		return Array.from({ length: Math.ceil(count / BLOCK) }, (_, index) => {
			const first = index * BLOCK + 1;
			return `${file}:${first}-${Math.min(first + BLOCK - 1, count)}`;
		});
	});
	const step = Math.max(1, (blocks.length * BLOCK) / lines);
	return blocks.filter(
		(_block, index) => Math.floor(index / step) !== Math.floor((index - 1) / step),
	);
}
