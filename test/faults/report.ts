import type { Measured } from './judge';

/** What was measured, as it is read. */
export interface Table {
	title: string;
	/** What has to be said before it, if anything. */
	text?: string;
	heads: string[];
	/** How wide each column is in a terminal (characters). */
	widths: number[];
	lines: string[][];
}

/** What may not happen, summed up. */
export interface Totals {
	cells: number;
	unexpected: number;
	items: number;
	cutOff: number;
	lost: number;
	twice: number;
	known: number;
	secrets: number;
}

function wrapped(text: string, width: number): string[] {
	const lines = [''];
	for (const word of text.split(' ')) {
		const line = `${lines[lines.length - 1]} ${word}`.trimStart();
		if (line.length <= width) lines[lines.length - 1] = line;
		else lines.push(word);
	}
	return lines;
}

function inColumns(texts: string[], widths: number[]): string {
	const cells = texts.map((text, column) => wrapped(text, widths[column]));
	const height = Math.max(...cells.map((lines) => lines.length));
	const line = (index: number) =>
		cells.map((lines, column) => (lines[index] ?? '').padEnd(widths[column])).join('  ');
	return Array.from({ length: height }, (_, index) => line(index).trimEnd()).join('\n');
}

/** A table for a terminal. */
export function forTerminal({ title, heads, widths, lines }: Table): string {
	const rule = widths.map((width) => '-'.repeat(width)).join('  ');
	const rows = lines.map((line) => inColumns(line, widths));
	return [`\n${title}\n`, inColumns(heads, widths), rule, ...rows].join('\n');
}

/** Everything that is not as it should be in one cell. */
export function complaints(where: string, { problems, lost, twice }: Measured): string[] {
	const sums = [
		...(lost > 0 ? [`${lost} items lost`] : []),
		...(twice > 0 ? [`${twice} things done twice`] : []),
	];
	return [...problems, ...sums].map((problem) => `${where}: ${problem}`);
}

export function totalsAsText(totals: Totals): string {
	const { cells, unexpected, items, cutOff, lost, twice, known, secrets } = totals;
	return [
		`${cells} cells measured, not as expected: ${unexpected}`,
		`${items} items sent in, lost: ${lost}`,
		`${cutOff} more items in runs that were cancelled; what had not been sent was not sent`,
		`People copied twice, or other things done twice: ${twice}`,
		`The same in the cells about the known limit (“What cannot be promised”): ${known}`,
		`Secrets seen: ${secrets}`,
	].join('\n');
}

function asMarkdown(texts: string[]): string {
	return `| ${texts.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** The page that is kept in the repository. */
export function asPage(measured: Table[], totals: Totals): string {
	const tables = measured.map(({ title, text, heads, lines }) =>
		[
			`## ${title}\n`,
			...(text === undefined ? [] : [`${text}\n`]),
			asMarkdown(heads),
			asMarkdown(heads.map(() => '---')),
			...lines.map(asMarkdown),
		].join('\n'),
	);
	const sums = totalsAsText(totals)
		.split('\n')
		.map((line) => `- ${line}`)
		.join('\n');
	return `${INTRODUCTION}\n${sums}\n\n${tables.join('\n\n')}\n`;
}

const INTRODUCTION = `# What happens when something goes wrong

Written by \`npm run test:faults -- --write\`; do not edit. Without the flag the command measures again and does not succeed if one cell differs from this page.

Every cell is a run of the built package in n8n's own engine, over HTTP, against a local Feishu platform to which the fault happens. The first two tables are about every operation and some faults, the last one about the events of the trigger, the others about every fault that is known, with Get and CC Instance.

Each run of the others is about three approvals or more, under "On Error: Continue": Get Instance asks for each of them twice, Combine has two rows for each, and both rows name one person in common; the others have one item for each. A lost copy is looked for after 1.5 seconds and once more ten seconds later; only entries by the same user with the same comment count, less those that the execution knows to be others. What is not known stays so until the execution ends. What became of them is not taken from the node's word: the platform keeps a journal of all requests and a timeline for each approval, and both have to agree with what the items say. Nor may a call that was given up stay open. All that leaves the run (items, errors, its data, the log, output of the process) is searched for the app secret and for every token. Waiting times are shortened; nothing else is.

**What the words mean**

- *read*: what was asked for came, the same as without the fault, at the first call or after it was asked for again (three times at most).
- *copied*: Feishu confirmed the copy. A refused token was replaced and a limit waited for, where there was one; neither notifies anybody twice, because such a call was not carried out.
- *copied, as the timeline shows; not sent again*: the answer did not tell, so the node looked at the approval's timeline. Everybody was copied.
- *copied, sent again after a look at the timeline*: the answer did not tell, and the timeline did not name these people, so the call was sent once more for them alone.
- *done*, *done, as Feishu shows; not sent again*, *done, sent again after a look*: the same for other operations that change something; what became of the call is to be seen in the instance, its tasks or its comments.
- *done, as a second try showed*: the answer did not tell, so the call was sent a second time. That does no harm: Feishu refuses what is so already.
- *retried: …*: what became of the same when it was tried again, with Retry On Fail and with the Retry button; see below. *The same*: it was asked for or looked for again, sent again where a look showed that nothing was done, and failed again. *Not sent again*: nobody knows what became of the call, so nothing was sent, and the text was the same.
- *Retry button: sent again, and the note says so*: nobody can find out what became of the call (API Call). Whoever has looked in Feishu and presses Retry has it sent, and the item's note says why.
- *done twice, the known limit*: see “What cannot be promised”.
- *error: “…”*: the item carries this message, what to do about it, code, HTTP status and log ID. Where one approval alone meets the fault, the others come out as if nothing had been.
- *copied, each once* (last column): the same copies in a node that stops at the first error, with Retry On Fail (three tries) and then n8n's Retry button. A last item that is refused three times makes all be tried again. In the end everybody was copied, nobody twice. Where the error says that nobody knows, the button is not pressed: that is a person's decision, and the copy is sent then.
- *cancelled, nothing sent afterwards*: the run ended at once, long before what it waited for, and from 150 ms after the cancelling on (what was on its way may still arrive) the platform heard of nothing any more.

**What cannot be promised.** If Feishu makes a copy only after the node has given the call up and has looked at the timeline twice, people are notified twice: nobody can tell such a call from one that never arrived. The same holds for a new comment. The node waits half a minute for the answer, then looks, and looks again ten seconds later before it sends again; the item's note says that it was sent again. What can be done once alone stays done once: Feishu refuses the second call, the node looks once more and finds the first.

**A worker that dies.** In queue mode n8n starts the executions of a worker that was killed (kill -9) no second time: once their lock is over it marks them \`error\`, with "This execution failed to be processed too many times and will no longer retry" (its status \`crashed\` is for a main process that died). So nobody is copied twice, and copies that were made by then stay made. Seen on n8n 2.41.1 with two workers, Redis and PostgreSQL, one worker killed in the middle of 100 calls: 90 executions finished, 10 were marked \`error\`; 97 copies were made, 90 in the finished executions and 7 in the others. \`npm run test:e2e -- queue\` does it again; its figures vary with the moment of the kill. Whoever runs such an execution again by hand should have Skip Already Copied on: what a killed worker has done is not stored.

**Sums**
`;
