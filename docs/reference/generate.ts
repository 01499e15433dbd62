/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a program for a terminal */
import { createRequire } from 'node:module';

import type * as Resources from '../../nodes/FeishuApproval/actions/resources';
import type { Language } from './languages';
import { textsOf, type Texts } from './texts';
import { triggerChapter } from './trigger';

export { LANGUAGES } from './languages';

const { RESOURCES } = createRequire(__filename)(
	'../../dist/nodes/FeishuApproval/actions/resources',
) as typeof Resources;

type Operation = (typeof RESOURCES)[string]['operations'][number];

function operationChapter(
	{ isOwn, say, sentence, part, fields }: Texts,
	resource: string,
	{ value, option, properties }: Operation,
): string {
	const { name } = RESOURCES[resource];
	return [
		isOwn
			? `## ${name}: ${option.name}`
			: `## ${name}: ${option.name}（${say(name)}：${say(option.name)}）`,
		'',
		`${sentence(say(option.description))} \`resource: ${resource}\`, \`operation: ${value}\``,
		'',
		...fields(properties),
		part(`${resource}.${value}`),
	].join('\n');
}

/**
 * The reference of all operations and of the trigger in one language, from the built nodes' own
 * descriptions.
 *
 * @throws an Error that names what is missing: a text in this language, or the part of a chapter
 */
export function reference(language: Language): string {
	const texts = textsOf(language);
	const chapters = Object.entries(RESOURCES).flatMap(([resource, { operations }]) =>
		operations.map((operation) => operationChapter(texts, resource, operation)),
	);
	const parts = [texts.part('intro'), ...chapters, triggerChapter(texts), texts.part('end')];
	return parts.join('\n\n') + '\n';
}
