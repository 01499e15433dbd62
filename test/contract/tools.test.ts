import type { IConnections, IDataObject, INodeProperties } from 'n8n-workflow';

import { TOOL } from '../engine/engine';
import { startHarness, type Harness } from '../engine/harness';
import {
	EACH_ROW,
	EACH_VARIANT,
	fieldsOf,
	parametersOf,
	RESOURCES,
	valueIn,
	withValue,
} from './operations';
import { bare, Trial, wireOf } from './trial';

let harness: Harness;
beforeEach(async () => {
	harness = await startHarness();
});
afterEach(async () => await harness.close());

const CONNECTIONS: IConnections = {
	Start: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
	Tool: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
};

/** The types of fields that n8n has, as far as this node uses them. */
const TYPES =
	/^(boolean|collection|dateTime|fixedCollection|json|multiOptions|number|options|resourceMapper|string)$/;
/** How the action of an operation begins that changes nothing. */
const READS = /^(Download|Find|Get|Preview|Search) /;

/** The name that the editor gives to a field that the agent fills in. */
const keyOf = ({ displayName }: INodeProperties): string =>
	displayName.replace(/[^a-zA-Z0-9_-]+/g, '_');

/** What the editor writes into a field that the agent fills in. */
function fromAi(field: INodeProperties): string {
	const description = (field.description ?? '').replaceAll('`', '\\`');
	const type = ['boolean', 'number', 'json'].includes(field.type) ? field.type : 'string';
	return `={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${keyOf(field)}', \`${description}\`, '${type}') }}`;
}

describe.each(EACH_VARIANT)('%s', (_name, row, variant) => {
	it('reaches an agent with the descriptions of all its fields, and does what the agent asks for', async () => {
		const trial = new Trial(harness, row, variant);
		const [{ sample, binary, requests }] = trial.cases;
		// n8n takes no expression for the whole of such a field: the builder fills it in.
		const isWhole = ({ type }: INodeProperties) => /^(fixedCollection|resourceMapper)$/.test(type);
		const places = fieldsOf(row).filter(
			(place) => valueIn(sample, place) !== undefined && !isWhole(place.field),
		);
		const parameters = places.reduce(
			(all, place) => withValue(all, place, fromAi(place.field)),
			parametersOf(row, sample),
		);
		const values = places.map((place) => {
			const value = valueIn(sample, place);
			const isText = place.field.type === 'json' && typeof value === 'string';
			return [keyOf(place.field), isText ? JSON.parse(value) : value];
		});
		const { json, error } = await harness.engine.run(
			[
				{ name: 'Agent', type: 'agent', parameters: { values: Object.fromEntries(values) } },
				{ name: 'Tool', type: TOOL, parameters },
			],
			[{ json: {}, binary: { ...binary } }],
			CONNECTIONS,
		);
		if (binary !== undefined) {
			// n8n hands no files to a tool: an agent is told so.
			expect(error?.message).toContain('the item has no file in');
			return;
		}
		expect(error).toBeUndefined();
		const [{ description, fields, said }] = json('Agent');
		const operation = RESOURCES[row.resource].operations.find(
			({ value }) => value === row.operation,
		)!;
		expect(description).toBe(`${operation.option.action} in Feishu Approval`);
		expect(fields).toEqual(
			Object.fromEntries(places.map(({ field }) => [keyOf(field), field.description])),
		);
		const isWrite = variant.afterLoss !== 'repeats';
		if (row.tells === undefined) expect(READS.test(String(description))).toBe(!isWrite);
		else expect(Object.values(fields as IDataObject).join('\n')).toMatch(row.tells);

		expect(JSON.parse(said as string)).not.toEqual([]);
		expect(trial.journal().map(wireOf)).toEqual(requests.map(bare));
		for (const times of trial.effects(0)) expect(times).toBe(1);
	});
});

describe.each(EACH_ROW)('%s', (_name, row) => {
	it('tells builders what it does and what each field is for, in the words of n8n', () => {
		expect(harness.engine.nodeType().description.usableAsTool).toBe(true);
		const operation = RESOURCES[row.resource].operations.find(
			({ value }) => value === row.operation,
		)!;
		expect(operation.option.description).toMatch(row.words);
		expect(operation.title).toMatch(/^[A-Z]\w+ \w/);
		for (const { field } of fieldsOf(row)) {
			expect(`${field.name}: ${field.description}`).toMatch(/: [A-Z].{9,}/);
			expect(field.type).toMatch(TYPES);
			expect(field.placeholder ?? 'e.g. none').toMatch(/^(e\.g\. .|Add )/);
		}
	});
});
