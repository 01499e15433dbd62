/** One figure of the bench. */
export interface Figure {
	/** What was measured, and of whom. */
	what: string;
	who: string;
	/** One value for each round. */
	values: number[];
	/** What to reach, as a text and as a test: of the median, where things are counted of each value. */
	target?: { text: string; reached(value: number): boolean };
	/** How the value is written; default: two decimals. */
	unit?: 'count' | 'bytes' | 'percent';
	note?: string;
}

/** What has to be reached at most. */
export const atMost = (limit: number) => ({
	text: `<= ${limit}`,
	reached: (value: number) => value <= limit,
});

/** What has to be reached exactly. */
export const exactly = (wanted: number) => ({
	text: String(wanted),
	reached: (value: number) => value === wanted,
});

/** The value below which a part of the values lies; halfway between two where none is there. */
function quantile(values: number[], part: number): number {
	const sorted = [...values].sort((one, other) => one - other);
	const place = (sorted.length - 1) * part;
	const below = sorted[Math.floor(place)];
	return below + (sorted[Math.ceil(place)] - below) * (place % 1);
}

export const median = (values: number[]) => quantile(values, 0.5);

/** Between which values the middle half of all lies; of what is counted, all of them. */
function spread({ values, unit }: Figure): [number, number] {
	const outside = unit === 'count' ? 0 : 0.25;
	return [quantile(values, outside), quantile(values, 1 - outside)];
}

function written(value: number, unit: Figure['unit']): string {
	switch (unit) {
		case 'count':
			return String(Math.round(value));
		case 'bytes':
			return `${(value / 1024).toFixed(1)} KiB`;
		case 'percent':
			return `${(value * 100).toFixed(0)} %`;
		default:
			return value.toFixed(2);
	}
}

function cells(figure: Figure): string[] {
	const { what, who, values, unit, target, note = '' } = figure;
	const middle = median(values);
	const [low, high] = spread(figure).map((value) => written(value, unit));
	const between = values.length < 2 || low === high ? '' : `${low} to ${high}`;
	const verdict = target === undefined ? '' : isReached(figure) ? 'yes' : 'NO';
	return [what, who, written(middle, unit), between, target?.text ?? '', verdict, note];
}

const HEAD = ['Figure', 'Who', 'Median', 'Spread', 'To reach', 'Reached', ''];

/** All figures as a table in Markdown. */
export function table(figures: Figure[]): string {
	const rows = [HEAD, ...figures.map(cells)];
	const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column].length), 3));
	const line = (row: string[]) =>
		`| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
	const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
	const [head, ...body] = rows.map(line);
	return [head, rule, ...body].join('\n');
}

/** Whether what was to be reached was reached; where nothing was, it was. */
export function isReached({ values, unit, target }: Figure): boolean {
	if (target === undefined) return true;
	return values.length > 0 && (unit === 'count' ? values : [median(values)]).every(target.reached);
}

/** A figure as data. */
export function asData(figure: Figure): object {
	const { what, who, values, unit, target, note } = figure;
	return {
		what,
		who,
		median: median(values),
		spread: spread(figure),
		values,
		unit: unit ?? 'ratio',
		target: target?.text,
		reached: target && isReached(figure),
		note,
	};
}
