import { entriesOf, wordsOf } from '../../../../../approval/inputText';
import { Problem } from '../../../../../approval/problem';
import { choiceField } from '../../fields/choices';
import { optional, type Field } from '../../fields/field';
import { locale, messageField, switchField } from '../../fields/simple';
import { parseText } from '../../fields/text';
import { departmentId, skipCheck } from '../../form/formFields';
import { nodePeopleField } from './processNodes';

/** A name that the whole company shares: one instance for each (API sheet 4.3). */
const uuid: Field<string> = {
	property: {
		displayName: 'UUID',
		type: 'string',
		default: '',
		placeholder: 'e.g. 5f2f7f0e-8f0a-4d6d-9a3c-2b6c1e7d9f10',
		description:
			'A name of your own, up to 64 characters: what was submitted under it before is found, and not submitted again',
	},
	parse(value, displayName) {
		const text = parseText(value, displayName);
		if (text instanceof Problem) return text;
		if (text === '') return new Problem('is empty', 'Enter a name, or remove the option.');
		return text.length <= 64
			? text
			: new Problem(`has ${text.length} characters`, 'It can have up to 64.');
	},
};

const MUTED = { approved: 1, rejected: 2, withdrawn: 4 } as const;

/** Of which outcomes the bot does not tell; a bit for each. */
const muteBot: Field<number> = {
	property: {
		displayName: 'Mute Bot',
		type: 'multiOptions',
		options: [
			{ name: 'Approved', value: 'approved' },
			{ name: 'Rejected', value: 'rejected' },
			{ name: 'Withdrawn', value: 'withdrawn' },
		],
		default: [],
		description: 'Of which outcomes the approval bot does not tell the initiator',
	},
	parse(value) {
		let mask = 0;
		for (const word of wordsOf(value)) {
			const bit = MUTED[String(word) as keyof typeof MUTED];
			if (bit === undefined) {
				return new Problem(`holds "${String(word)}"`, 'Choose approved, rejected or withdrawn.');
			}
			mask |= bit;
		}
		return mask;
	},
};

const MOST_AUTOMATIC = 10;

const autoApproveNodes: Field<string[]> = {
	property: {
		displayName: 'Automatically Passed Node Names or IDs',
		type: 'multiOptions',
		default: [],
		typeOptions: {
			loadOptionsMethod: 'getProcessNodes',
			loadOptionsDependsOn: ['approvalCode'],
		},
		description:
			'Up to 10 nodes that are passed without anybody deciding. Choose from the list, or specify names or IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	parse(value) {
		const names = entriesOf(value, /[,，;；\n]/)
			.map((name) => String(name).trim())
			.filter((name) => name !== '');
		return names.length <= MOST_AUTOMATIC
			? names
			: new Problem(`names ${names.length} nodes`, `Up to ${MOST_AUTOMATIC} can be passed.`);
	},
};

/** What may be said about an approval that is submitted. */
export const createOptions = {
	allowResubmit: switchField({
		displayName: 'Allow Resubmit',
		description: 'Whether the initiator may submit it again after it was sent back',
	}),
	allowSubmitAgain: switchField({
		displayName: 'Allow Submit Again',
		description: 'Whether the initiator may use it as a pattern for another one',
	}),
	autoApproveNodes,
	departmentId,
	forbidRevoke: switchField({
		displayName: 'Forbid Withdrawal',
		description: 'Whether the initiator cannot withdraw it',
	}),
	locale: optional(locale),
	muteBot,
	nodeApprovers: nodePeopleField(
		'Approvers by Node',
		'Who decides in nodes whose approvers the initiator has to choose; they are asked to decide',
	),
	nodeCcs: nodePeopleField('CC by Node', 'Who is copied in which node; they are notified'),
	skipCheck,
	title: messageField({
		displayName: 'Title',
		description: 'A title for this approval beside the name of its definition',
	}),
	titleDisplayMethod: choiceField(
		[
			{ name: 'Definition Name and Title', value: 'both' },
			{ name: 'Title Only', value: 'titleOnly' },
		],
		{
			displayName: 'Title Display',
			default: 'both',
			description: 'Whether the name of the definition is shown beside the title',
		},
	),
	uuid,
};
