/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a program for a terminal */
import type { INodeProperties } from 'n8n-workflow';
import { createRequire } from 'node:module';

import type * as Catalogue from '../../nodes/FeishuApprovalTrigger/events/catalogue';
import type * as Envelope from '../../nodes/FeishuApprovalTrigger/events/envelope';
import type * as Item from '../../nodes/FeishuApprovalTrigger/events/item';
import type * as Shapes from '../../nodes/FeishuApprovalTrigger/events/shapes';
import type * as Trigger from '../../nodes/FeishuApprovalTrigger/FeishuApprovalTrigger.node';
import type { Texts } from './texts';

const built = createRequire(__filename);
const FOLDER = '../../dist/nodes/FeishuApprovalTrigger';
const { CATALOGUE, EVENT_KINDS } = built(`${FOLDER}/events/catalogue`) as typeof Catalogue;
const { readEvent } = built(`${FOLDER}/events/envelope`) as typeof Envelope;
const { itemOf } = built(`${FOLDER}/events/item`) as typeof Item;
const { SHAPES } = built(`${FOLDER}/events/shapes`) as typeof Shapes;
const { FeishuApprovalTrigger } = built(`${FOLDER}/FeishuApprovalTrigger.node`) as typeof Trigger;

const listed = (names: string[]) => names.map((name) => `\`${name}\``).join(', ');

/** The fields that the items of all kinds of events have. */
function sharedFields(): string[] {
	const event = readEvent({ uuid: 'id', event: { type: 'approval_cc' } })!;
	return Object.keys(itemOf(event, true)).filter((name) => !(name in SHAPES.ccChanged));
}

/** The chapter about the trigger node: its fields, its events, and what they give out. */
export function triggerChapter({ words, isOwn, say, sentence, part, fields }: Texts): string {
	const { description: node } = new FeishuApprovalTrigger();
	const name = node.displayName;
	// How to set it up has a part of its own, and the events have a table.
	const properties = node.properties
		.filter(({ type }) => type !== 'notice')
		.map((field): INodeProperties =>
			field.name === 'events' ? { ...field, type: 'string' } : field,
		);
	const events = [...EVENT_KINDS]
		.sort((one, other) => CATALOGUE[one].name.localeCompare(CATALOGUE[other].name))
		.map((kind) => {
			const { name: event, consoleName, consoleType } = CATALOGUE[kind];
			const own = Object.keys(SHAPES[kind]);
			const label = isOwn ? `**${event}**` : `**${event}** ${say(event)}`;
			return `| ${label} | \`${kind}\` | ${consoleName} \`${consoleType}\` | ${listed(own)} |`;
		});
	return [
		isOwn ? `## ${name}` : `## ${name}（${say(name)}）`,
		'',
		sentence(say(node.description)),
		'',
		...fields(properties),
		`| ${words.event} | ${words.name} | ${words.console} | ${words.own} |`,
		'| --- | --- | --- | --- |',
		...events,
		'',
		part('trigger').replace('{fields}', listed(sharedFields())),
	].join('\n');
}
