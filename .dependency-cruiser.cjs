// The floors of the house: imports run downwards only (see CONTRIBUTING.md).

/** The product's folders, from the lowest floor up; each may use itself and what lies below it. */
const FLOORS = ['approval', 'feishu', 'credentials|nodes'];

const upwards = FLOORS.slice(0, -1).map((floor, index) => ({
	name: `${floor}-imports-from-above`,
	severity: 'error',
	from: { path: `^${floor}/` },
	to: { path: `^(${FLOORS.slice(index + 1).join('|')})/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		...upwards,
		{
			name: 'credentials-and-nodes-import-each-other',
			severity: 'error',
			from: { path: '^(credentials|nodes)/' },
			to: { path: '^(credentials|nodes)/', pathNot: '^$1/' },
		},
		{
			name: 'a-node-imports-from-its-neighbour',
			severity: 'error',
			from: { path: '^nodes/([^/]+)/' },
			to: { path: '^nodes/', pathNot: '^nodes/$1/' },
		},
		{
			name: 'two-folders-import-each-other',
			severity: 'error',
			scope: 'folder',
			from: {},
			to: { circular: true },
		},
		{
			name: 'two-files-import-each-other',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		{
			name: 'the-product-imports-from-its-tests',
			severity: 'error',
			from: { path: '^(approval|feishu|credentials|nodes)/' },
			to: { path: '^(test|sandbox|bench)/' },
		},
		{
			name: 'the-sandbox-believes-the-product',
			comment: 'The sandbox judges the product, so it knows the platform from its pages alone.',
			severity: 'error',
			from: { path: '^sandbox/' },
			to: { path: '^(approval|feishu|credentials|nodes|test|bench)/' },
		},
		{
			name: 'approval-knows-no-n8n',
			comment: 'Types are gone when it runs; what an approval is needs neither n8n nor a network.',
			severity: 'error',
			from: { path: '^approval/' },
			to: { path: 'node_modules|^node:', dependencyTypesNot: ['type-only'] },
		},
		{
			name: 'not-resolvable',
			severity: 'error',
			from: {},
			to: { couldNotResolve: true },
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			conditionNames: ['import', 'require', 'node', 'default', 'types'],
		},
	},
};
