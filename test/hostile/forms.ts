import fc from 'fast-check';

import { DOCUMENTED_WIDGETS, SEEN_WIDGETS, UNDOCUMENTED_WIDGETS } from '../../sandbox';
import { anyJson, hostileText, PROTOTYPE_NAMES } from './values';

/** A form field as Feishu sends it, or as nobody expects it. */
export type Widget = Record<string, unknown>;

const LEAVE = DOCUMENTED_WIDGETS.find(({ type }) => type === 'leaveGroupV2');
const SAMPLES = [
	...DOCUMENTED_WIDGETS,
	...UNDOCUMENTED_WIDGETS,
	...SEEN_WIDGETS,
	// So it stands in Feishu's own sample of Get Instance.
	{ ...LEAVE!, type: 'widgetLeaveGroupV2' },
];
/** Types that are not passed on as they are. */
const MADE_PLAIN = [
	'amount',
	'attachmentV2',
	'contact',
	'department',
	'fieldList',
	'image',
	'telephone',
];

const name = fc.oneof(
	// Few names, so that some are met again, also as the names that are made of others.
	fc.constantFrom('Note', 'Note (2)', 'Note open_ids', 'Note currency', '', null, undefined),
	fc.constantFrom(...PROTOTYPE_NAMES),
	hostileText,
	anyJson,
);
const link = fc.oneof(
	fc.webUrl(),
	fc.webUrl().map((url) => `${url}?a=1\\u0026b=2\\u0026`),
	anyJson,
);
/** Some links in one text, as older pages have it; a comma may stand within one. */
export const linksAsText = fc
	.array(fc.oneof(fc.webUrl(), fc.webUrl({ withQueryParameters: true })), {
		minLength: 1,
		maxLength: 4,
	})
	.map((urls) => urls.join(','));
/** The names of some files as they stand beside the links. */
export const fileNames = fc
	.array(fc.oneof(fc.constantFrom('a.pdf', '"b.pdf"', 'c, d.pdf', '"'), hostileText), {
		maxLength: 4,
	})
	.map((names) => names.join(','));
const idOrOdd = fc.oneof(
	{ arbitrary: fc.constantFrom('ou_a', 'u1', 'on_c', 'od-x', ''), weight: 4 },
	anyJson,
);
const listOfIds = fc.oneof(fc.array(idOrOdd, { maxLength: 3 }), anyJson);
/** People and departments in the shapes that were met, and in others. */
const person = fc.oneof(
	idOrOdd,
	fc.record({ id: idOrOdd, open_id: idOrOdd, user_id: idOrOdd }, { requiredKeys: [] }),
	fc.record({ open_ids: listOfIds, user_ids: listOfIds }, { requiredKeys: [] }),
);
const people = fc.oneof(person, fc.array(person, { maxLength: 3 }));
const phone = fc.record(
	{
		country_code: fc.oneof(fc.constant('+86'), anyJson),
		national_number: fc.oneof(fc.constant('13100000000'), anyJson),
		countryCode: fc.oneof(fc.constant('+49'), anyJson),
		nationalNumber: anyJson,
	},
	{ requiredKeys: [] },
);

/** What stands beside `value` in some types of field. */
const siblings = fc.record(
	{
		currency: fc.oneof(fc.constantFrom('USD', '', null), anyJson),
		ext: fc.oneof(fc.constantFrom('CNY', 'a.pdf,b.pdf', '', null), fileNames, anyJson),
		option: fc.oneof(fc.constant({ currency: 'EUR' }), anyJson),
		open_ids: fc.oneof(fc.array(fc.constantFrom('ou_1', 'ou_2')), anyJson),
	},
	{ requiredKeys: [] },
);

/** Form fields of every type of the API sheet's section 5, well made and badly made. */
export const anyWidget: fc.Arbitrary<Widget> = fc.letrec<{ widget: Widget }>((tie) => {
	const rows = fc.array(fc.oneof(fc.array(tie('widget'), { maxLength: 3 }), anyJson), {
		maxLength: 3,
	});
	/** The parts of a group: as the platform makes them, so that most are taken for widgets. */
	const group = fc.array(
		fc
			.tuple(tie('widget'), fc.nat({ max: 3 }))
			.map(([widget, at]) => ({ ...widget, id: `widget${at}` })),
		{ maxLength: 3 },
	);
	const sample = fc.oneof(
		fc.constantFrom(...SAMPLES),
		fc.constantFrom(...SAMPLES.filter(({ type }) => MADE_PLAIN.includes(type))),
	);
	const value = fc.oneof(
		{ depthSize: 'small' },
		sample.map((widget) => widget.value),
		fc.constant(undefined),
		anyJson,
		phone,
		fc.oneof(link, fc.array(link, { maxLength: 3 })),
		rows,
		group,
		fc.array(group, { maxLength: 3 }),
		linksAsText,
		people,
	);
	/** What Feishu may think of next, or a proxy makes of it. */
	const unknownType = fc.record({
		type: fc.oneof(fc.constantFrom('hologram', ...PROTOTYPE_NAMES), anyJson),
		value: anyJson,
	});
	return {
		widget: fc
			.tuple(
				fc.oneof({ arbitrary: sample, weight: 9 }, unknownType),
				fc.option(value),
				fc.record({ id: name, custom_id: name, name }, { requiredKeys: [] }),
				fc.option(siblings),
			)
			.map(([widget, odd, names, beside]) => ({
				...widget,
				...names,
				...beside,
				...(odd === null ? {} : { value: odd }),
			})),
	};
}).widget;

/** Forms as Get Instance gives them: JSON texts that list form fields, some with odd things in them. */
export const anyForm: fc.Arbitrary<string> = fc
	.array(fc.oneof({ arbitrary: anyWidget, weight: 9 }, anyJson), { maxLength: 6 })
	.map((widgets) => JSON.stringify(widgets));

/** Whatever else can stand where a form should: other JSON, JSON cut off, no text at all. */
export const noForm: fc.Arbitrary<unknown> = fc.oneof(
	anyJson.map((value) => JSON.stringify(value)),
	fc.tuple(anyForm, fc.nat()).map(([form, at]) => form.slice(0, at % form.length)),
	hostileText,
	anyJson,
	fc.constant(undefined),
);
