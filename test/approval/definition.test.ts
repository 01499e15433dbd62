import { readDefinitionForm, simplifyDefinition } from '../../approval/definition';
import { DEFINITION_FORM, DEFINITION_NODES } from '../../sandbox/definitions';

const one = (field: object) => readDefinitionForm(JSON.stringify([{ id: 'w', ...field }]))[0];

describe('the fields of a definition', () => {
	it('are read from the form of every kind, with what the API can fill in', () => {
		const fields = readDefinitionForm(JSON.stringify(DEFINITION_FORM));
		expect(fields).toHaveLength(DEFINITION_FORM.length);
		expect(fields[0]).toMatchObject({
			id: DEFINITION_FORM[0].id,
			custom_id: 'subject',
			name: 'Subject',
			type: 'input',
			required: true,
			options: [],
			can_be_created: true,
			why_not: null,
			children: [],
		});
		const by = (created: boolean | null) =>
			fields.filter((field) => field.can_be_created === created).map(({ type }) => type);
		expect(by(false)).toEqual(['tripGroup', 'mutableGroup', 'serialNumber', 'text']);
		expect(by(null)).toEqual(['location']);
	});

	const CHOICES = [
		{ key: 'a', text: 'Train' },
		{ key: 'b', text: 'b' },
	];
	it.each<[string, object]>([
		['as definitions are returned', { option: [{ value: 'a', text: 'Train' }, { value: 'b' }] }],
		[
			'as definitions are made',
			{
				value: [
					{ key: 'a', text: 'Train' },
					{ key: 'b', text: '' },
				],
			},
		],
		['as JSON text', { option: '[{"value":"a","text":"Train"},{"value":"b"}]' }],
		['with others that are none', { option: [null, {}, 7, ...CHOICES] }],
	])('have their choices, %s', (_how, more) => {
		expect(one({ type: 'radioV2', ...more }).options).toEqual(CHOICES);
	});

	const COLUMN = { id: 'c', type: 'number', name: 'Cost' };
	it.each<[string, object]>([
		['children', { children: [COLUMN] }],
		['children as JSON text', { children: JSON.stringify([COLUMN]) }],
		['value', { value: [COLUMN] }],
		['option', { option: [COLUMN] }],
		['ext', { ext: JSON.stringify([COLUMN]) }],
	])('have their columns and parts under %s', (_place, more) => {
		const { children, options } = one({ type: 'fieldList', ...more });
		expect(children).toMatchObject([
			{ id: 'c', type: 'number', name: 'Cost', can_be_created: true },
		]);
		expect(options).toEqual([]);
	});

	it('say why the API cannot fill them in, or that nobody knows', () => {
		expect(one({ type: 'serialNumber' })).toMatchObject({
			can_be_created: false,
			why_not: 'Feishu makes the number itself.',
		});
		expect(one({ type: 'remedyGroupV2' }).why_not).toMatch(/by hand in Feishu/);
		expect(one({ type: 'newKind' })).toMatchObject({
			can_be_created: null,
			why_not: expect.stringMatching(/not described/) as string,
		});
	});

	it('have each choice once, with keys that are numbers or IDs of an external source', () => {
		const option = [{ id: 'x', name: 'From outside' }, { value: 7, text: 'Seven' }, { key: 'x' }];
		expect(one({ type: 'radioV2', option, value: [{ key: '7', text: 'Again' }] }).options).toEqual([
			{ key: 'x', text: 'From outside' },
			{ key: '7', text: 'Seven' },
		]);
	});

	it('may be nested without end', () => {
		const deep = '[{"id":"a","type":"fieldList","children":'.repeat(20_000);
		expect(readDefinitionForm(`${deep}[]${'}]'.repeat(20_000)}`)).toHaveLength(1);
	});

	it.each([undefined, null, '', '{', '{}', '7', '[', [null, 7, {}, { id: 1, type: 'input' }]])(
		'are none where the form is %j',
		(form) => {
			expect(readDefinitionForm(form)).toEqual([]);
		},
	);
});

it('a definition has its nodes, whatever is missing', () => {
	const data = { approval_name: 'Leave', form: '[]', node_list: [...DEFINITION_NODES, null, {}] };
	const { nodes, ...rest } = simplifyDefinition('CODE', data as never);
	expect(rest).toEqual({ approval_code: 'CODE', approval_name: 'Leave', status: null, fields: [] });
	expect(nodes).toMatchObject([
		{ node_id: DEFINITION_NODES[0].node_id, custom_node_id: 'manager', need_approver: false },
		{ name: 'Accounting', custom_node_id: null, need_approver: true, approver_chosen_multi: true },
		{ node_id: null, name: null, need_approver: false, approver_chosen_range: [] },
	]);
	expect(simplifyDefinition('CODE', {})).toMatchObject({ fields: [], nodes: [] });
});
