import { parseShallow } from './body';

/** Lists and maps within others; a text that is nested deeper is not read. */
const DEEPEST = 16;

/** How far to look for what ends an entry. */
const LONGEST_KEY = 200;
/** Where a comma begins a new entry of a map: a label may hold commas itself. */
const NEXT_KEY = /^,\s*[^,=[\]{}]+=/;
const KEY = /^[^,=[\]{}]+$/;

/** Reads lists and maps as Java writes them down. */
class JavaText {
	private at = 0;
	private isBroken = false;

	constructor(private readonly text: string) {}

	/** The whole text as one value; nothing if it is none. */
	read(): unknown {
		const value = this.value(DEEPEST, () => false);
		return this.isBroken || this.at !== this.text.length ? undefined : value;
	}

	private get next(): string | undefined {
		return this.text[this.at];
	}

	private value(levels: number, isEnd: () => boolean): unknown {
		this.skipSpaces();
		if (this.next === '[' || this.next === '{') {
			if (levels === 0) this.fail();
			return this.next === '[' ? this.list(levels - 1) : this.map(levels - 1);
		}
		const from = this.at;
		while (this.next !== undefined && !isEnd()) this.at++;
		return this.text.slice(from, this.at).trim();
	}

	private list(levels: number): unknown[] {
		const values: unknown[] = [];
		this.at++;
		this.skipSpaces();
		while (this.next !== ']' && this.next !== undefined) {
			values.push(this.value(levels, () => this.next === ',' || this.next === ']'));
			this.endEntry(']');
		}
		this.at++;
		return values;
	}

	private map(levels: number): Record<string, unknown> {
		const entries: Array<[string, unknown]> = [];
		this.at++;
		this.skipSpaces();
		while (this.next !== '}' && this.next !== undefined) {
			const equals = this.text.indexOf('=', this.at);
			const key = equals === -1 ? '' : this.text.slice(this.at, equals).trim();
			if (!KEY.test(key)) this.fail();
			else {
				this.at = equals + 1;
				entries.push([key, this.value(levels, () => this.isEndOfLabel())]);
				this.endEntry('}');
			}
		}
		this.at++;
		return Object.fromEntries(entries);
	}

	private isEndOfLabel(): boolean {
		if (this.next !== ',') return this.next === '}';
		return NEXT_KEY.test(this.text.slice(this.at, this.at + LONGEST_KEY));
	}

	/** After a list or map within another, nothing but a comma or the end may come. */
	private endEntry(end: string): void {
		this.skipSpaces();
		if (this.next === ',') this.at++;
		else if (this.next !== end) this.fail();
		this.skipSpaces();
	}

	private fail(): void {
		this.isBroken = true;
		this.at = this.text.length;
	}

	private skipSpaces(): void {
		while (this.next === ' ') this.at++;
	}
}

/**
 * Lists and maps that some events hold as text: as JSON, or as Java writes them down, such as
 * `[[2026-09-05 13:30:00,2026-09-05 18:00:00]]` and `[{locale=zh_cn,texts={@i18n@1=Annual leave}}]`.
 * Any other value comes back as it is.
 */
export function readLoose(value: unknown): unknown {
	if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
	return parseShallow(value) ?? new JavaText(value.trim()).read() ?? value;
}
