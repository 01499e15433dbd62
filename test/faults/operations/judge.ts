/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { isDeepStrictEqual } from 'node:util';

import type { Variant } from '../../contract/row';
import { sourcesOf, type Trial } from '../../contract/trial';
import type { Outcome } from '../../engine/engine';
import type { Measured } from '../judge';
import { CANCELLED, READ } from '../outcomes';
import { ASKED_AGAIN, BY_HAND, DONE, FOUND, RESENT, TWICE, type Expected } from './columns';

/** Two items of a variant in one run, one of which met a fault. */
export interface Attempt {
	variant: Variant;
	trial: Trial;
	/** The item that met the fault. */
	target: 0 | 1;
	outcome: Outcome;
	/** What the same items gave out before, undisturbed; for reads. */
	reference: INodeExecutionData[];
}

const isRead = ({ variant }: Attempt) => variant.afterLoss === 'repeats';

const outputsOf = (items: INodeExecutionData[], index: number) =>
	items.filter(({ pairedItem }) => (pairedItem as { item: number }).item === index);

/** What was said is the error's message, or what the item carries under "continue". */
function errorsOf({ outcome: { error, items } }: Attempt, index: number): IDataObject[] {
	if (error !== undefined) {
		const { message, description, context } = error;
		if (context?.itemIndex !== index) return [];
		return [{ ...(context.data as IDataObject), error: message, description }];
	}
	return outputsOf(items('Node'), index)
		.map(({ json }) => json)
		.filter((json) => typeof json.error === 'string');
}

function wordOfNote(note: unknown): string {
	if (note === undefined || /^This was done in an earlier try/.test(String(note))) return DONE;
	if (/sent because the execution was retried by hand/.test(String(note))) return BY_HAND;
	if (/second try showed that it is done/.test(String(note))) return ASKED_AGAIN;
	if (/nothing was sent again/.test(String(note))) return FOUND;
	return /sent again/.test(String(note)) ? RESENT : String(note);
}

/** Outputs without these fields. */
const without = (outputs: INodeExecutionData[], fields: string[]) =>
	outputs.map(({ json, ...rest }) => ({
		...rest,
		json: Object.fromEntries(Object.entries(json).filter(([name]) => !fields.includes(name))),
	}));

/** What the output says that became of an item. */
function wordOf(attempt: Attempt, index: number): string {
	const [failure] = errorsOf(attempt, index);
	if (failure !== undefined) return `error: “${String(failure.error)}”`;
	const outputs = outputsOf(attempt.outcome.items('Node'), index);
	if (outputs.length === 0) return 'nothing';
	if (isRead(attempt)) {
		const undisturbed = outputsOf(attempt.reference, index);
		const { differs = [] } = attempt.variant;
		const isSame = isDeepStrictEqual(without(outputs, differs), without(undisturbed, differs));
		return isSame ? READ : 'something else';
	}
	const words = outputs.map(({ json: { note } }) => wordOfNote(note));
	return [...new Set(words)].join(' and ');
}

const isDone = (word: string) => [READ, DONE, FOUND, RESENT, ASKED_AGAIN, BY_HAND].includes(word);

/** Where the run ended with an error, nothing comes out of the others. */
function isKept(attempt: Attempt, index: number): boolean {
	const { trial, outcome } = attempt;
	const word = wordOf(attempt, index);
	if (isDone(word)) return trial.effects(index).every((times) => times > 0);
	return word.startsWith('error') || outcome.error !== undefined;
}

function complaintsAboutTarget(attempt: Attempt, expected: Expected, word: string): string[] {
	const { trial, target } = attempt;
	const complaints: string[] = [];
	if (typeof expected.word === 'string') {
		if (word !== expected.word) complaints.push(`${word}, not ${expected.word}`);
	} else {
		const { error, description, ...data } = errorsOf(attempt, target)[0] ?? {};
		const said = `${String(error)} ${String(description)}`;
		if (!expected.word.test(said)) complaints.push(`${word} lacks ${String(expected.word)}`);
		for (const [name, value] of Object.entries(expected.data ?? {})) {
			if (data[name] !== value) complaints.push(`its ${name} is ${String(data[name])}`);
		}
	}
	const sent = trial.sent(target);
	if (sent !== (expected.sent ?? sent)) complaints.push(`sent ${sent} times, not ${expected.sent}`);
	const wrong = trial.effects(target).filter((times) => times !== expected.done);
	if (wrong.length > 0) complaints.push(`done ${wrong.join()} times, not ${expected.done}`);
	return complaints;
}

function complaintsAboutOther(attempt: Attempt): string[] {
	const { outcome, trial, target } = attempt;
	const complaints: string[] = [];
	// What came before the error that ends a run has been done, and stays done once.
	if (!isRead(attempt) && (outcome.error === undefined || target === 1)) {
		const times = [trial.sent(1 - target), ...trial.effects(1 - target)];
		if (times.some((count) => count !== 1)) {
			complaints.push(`the other item: sent, and done, ${times.join()} times`);
		}
	}
	if (outcome.error !== undefined) return complaints;
	const word = wordOf(attempt, 1 - target);
	const best = isRead(attempt) ? READ : DONE;
	if (word !== best) complaints.push(`the other item: ${word}, not ${best}`);
	const sources = sourcesOf(outcome.items('Node'));
	if (!isDeepStrictEqual(sources, [...sources].sort())) complaints.push('items not in their order');
	const foreign = trial.foreignIn(outcome.items('Node'));
	if (foreign.length > 0) complaints.push(`an item holds ${foreign[0]} of the other`);
	return complaints;
}

/** The fields of an item's output, with numbers in place of the texts that are its own. */
function fieldsOf({ outcome, trial }: Attempt, index: number): Map<string, string> {
	const words = trial.ownWords(index).map((word, number) => ({ word, number }));
	const longestFirst = words.sort((one, other) => other.word.length - one.word.length);
	const fields = outputsOf(outcome.items('Node'), index)
		.flatMap(({ json }) => Object.entries(json))
		.filter(([name]) => name !== 'note')
		.map(([name, value]): [string, string] => [
			name,
			longestFirst.reduce(
				(text, { word, number }) => text.replaceAll(word, `<${number}>`),
				JSON.stringify(value),
			),
		]);
	return new Map(fields);
}

/** A write says the same, each of its own, whether its answer was lost or not. */
function complaintsAboutFields(attempt: Attempt): string[] {
	const { target, variant } = attempt;
	const [own, other] = [fieldsOf(attempt, target), fieldsOf(attempt, 1 - target)];
	const isMadeUp = (text = '') => text.startsWith('"') && !/<\d+>/.test(text);
	return [...new Set([...own.keys(), ...other.keys()])]
		.filter((name) => own.get(name) !== other.get(name))
		.filter((name) => !variant.differs?.includes(name))
		.filter((name) => !isMadeUp(own.get(name)) || !isMadeUp(other.get(name)))
		.map((name) => `its ${name} is ${own.get(name)}, and ${other.get(name)} the other's`);
}

/** How many things of these items were done once too often. */
function tooOftenIn({ trial }: Pick<Attempt, 'trial'>, indexes: number[]): number {
	return indexes
		.flatMap((index) => trial.effects(index))
		.reduce((sum, times) => sum + Math.max(0, times - 1), 0);
}

/** A cancelled run: nothing comes out, nothing was done, and `sentLate` requests came afterwards. */
export function judgeCancelled(trial: Trial, outcome: Outcome, sentLate: number): Measured {
	const both = [0, 1];
	const { status } = outcome.run;
	const isEnded = status === 'canceled' && outcome.items('Sink').length === 0;
	const word = isEnded ? CANCELLED : `status ${status}`;
	const effects = both.flatMap((index) => trial.effects(index)).filter((times) => times > 0);
	return {
		word,
		items: 0,
		cutOff: both.length,
		lost: 0,
		twice: 0,
		problems: [
			...(isEnded ? [] : [word]),
			...(sentLate === 0 ? [] : [`${sentLate} calls after the end`]),
			...(effects.length === 0 ? [] : ['something was done']),
		],
	};
}

/** Compares what a run gave out with what the platform did, and both with what the row says. */
export function judge(attempt: Attempt, expected: Expected): Measured {
	const said = wordOf(attempt, attempt.target);
	const isTwice = expected.done === 2;
	const word = isTwice && isDone(said) ? TWICE : said;
	const both = [0, 1];
	return {
		word,
		sent: attempt.trial.sent(attempt.target),
		items: both.length,
		cutOff: 0,
		lost: both.filter((index) => !isKept(attempt, index)).length,
		twice: tooOftenIn(attempt, isTwice ? [1 - attempt.target] : both),
		known: tooOftenIn(attempt, isTwice ? [attempt.target] : []),
		problems: [
			...complaintsAboutTarget(attempt, expected, word),
			...complaintsAboutOther(attempt),
			...(isDone(word) && !isRead(attempt) ? complaintsAboutFields(attempt) : []),
		],
	};
}

/** Several as one; `prefixes` tell whose complaints are whose. */
export function added(all: Measured[], word: string, prefixes: string[]): Measured {
	const sum = (of: (one: Measured) => number) => all.reduce((total, one) => total + of(one), 0);
	return {
		word,
		items: sum(({ items }) => items),
		cutOff: sum(({ cutOff }) => cutOff),
		lost: sum(({ lost }) => lost),
		twice: sum(({ twice }) => twice),
		known: sum(({ known = 0 }) => known),
		problems: all.flatMap(({ problems }, index) =>
			problems.map((problem) => prefixes[index] + problem),
		),
	};
}
