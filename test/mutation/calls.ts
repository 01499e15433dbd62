/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const TESTS = __dirname.replace(/mutation$/, '');
const BUILT = join(TESTS, '../dist');
const FOLDERS = ['credentials', 'feishu', 'nodes/FeishuApproval/actions'];
/** The operations that are tried alone, if not all are. */
const OPERATIONS = (process.env.CONTRACT_OPERATIONS ?? '').split(',').filter(Boolean);
/** Where the tests are, beside that of all texts: for some operations, theirs and those of the table. */
const TESTED = [
	'contract',
	...(OPERATIONS.length === 0
		? FOLDERS
		: new Set(OPERATIONS.map((name) => join('nodes/FeishuApproval/actions', name.split('.')[0])))),
];

/** Generated inputs and the table of codes take minutes; the other tests find the mutants without them. */
const LEFT_OUT = /\.hostile\.test\.ts$|(codesTable|contract.generated)\.test\.ts$/;
const SLOW = /(exchangeHang|secrets)\.test\.ts$/;
/** These wait for most of a mutant's time, and find nothing in what has no part in waiting. */
const WAITS = /(cancel|rateLimiter|rateLimit|rateLimitShared|repeats)\.test\.ts$/;
const WAITS_FOR_NOTHING = /^credentials|^feishu\/(account|codes|errors|token)\b/;

const filesIn = (root: string, folder: string, ending: string) =>
	readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith(ending))
		.map((file) => join(folder, file));

/** The source that holds the mutant to be found, by the switch that Stryker has put there. */
function mutated(): string | undefined {
	const id = process.env.__STRYKER_ACTIVE_MUTANT__;
	return FOLDERS.flatMap((folder) => filesIn(BUILT, folder, '.js')).find((file) =>
		readFileSync(join(BUILT, file), 'utf8').includes(`stryMutAct_9fa48("${id}")`),
	);
}

const source = mutated() ?? '';

/** How late the tests of a file are run: the sooner a mutant is found, the sooner the next has its turn. */
function lateness(file: string): number {
	if (basename(file).startsWith(basename(source, '.js'))) return 0;
	return (
		(dirname(file) === dirname(source) ? 1 : 2) + (SLOW.test(file) || WAITS.test(file) ? 2 : 0)
	);
}

const files = [
	'reference.test.ts',
	...TESTED.flatMap((folder) => filesIn(TESTS, folder, '.test.ts')),
]
	.filter((file) => !LEFT_OUT.test(file))
	.filter((file) => !(WAITS_FOR_NOTHING.test(source) && WAITS.test(file)))
	.sort((one, other) => lateness(one) - lateness(other));

// What is worked out when a module is loaded belongs to no test: it has to be loaded before the first.
for (const folder of FOLDERS) {
	for (const file of filesIn(BUILT, folder, '.js')) jest.requireActual(join(BUILT, file));
}

// All tests in one file: to load n8n's engine costs more than most mutants, and once is enough.
for (const file of files) {
	describe(file, () => {
		jest.requireActual(join(TESTS, file));
	});
}
