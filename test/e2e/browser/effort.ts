import type { Page } from 'playwright-core';

/**
 * Who wants a step: `n8n` itself, of every node with a credential; the task at hand, which cannot
 * be known without it (`needed`); the local platform of the test (`sandbox`); or our node (`ours`).
 */
export type Asker = 'n8n' | 'needed' | 'sandbox' | 'ours';

/** What a step cost. */
export interface Cost {
	clicks: number;
	keys: number;
}

export interface Step extends Cost {
	step: string;
	asker: Asker;
}

/** The browser itself counts, so that nothing a step does is left out. */
const COUNT = `
	if (window === top) {
		window.effort = { clicks: 0, keys: 0 };
		addEventListener('pointerdown', () => window.effort.clicks++, true);
		addEventListener('keydown', () => window.effort.keys++, true);
	}
`;

/** The clicks and keystrokes of a person who does what the test does. */
export class Effort {
	readonly steps: Step[] = [];

	private constructor(private readonly page: Page) {}

	/** Counts on all pages that this one opens from now on. */
	static async on(page: Page): Promise<Effort> {
		await page.addInitScript({ content: COUNT });
		return new Effort(page);
	}

	/** Does something that a user has to do, and writes down what it cost. */
	async during(step: string, asker: Asker, act: () => Promise<void>): Promise<void> {
		const before = await this.spent();
		await act();
		const after = await this.spent();
		const cost = { clicks: after.clicks - before.clicks, keys: after.keys - before.keys };
		this.steps.push({ step, asker, ...cost });
	}

	/** What all steps cost, or those that this one wants. */
	total(asker?: Asker): Cost {
		const steps = this.steps.filter((step) => asker === undefined || step.asker === asker);
		return {
			clicks: steps.reduce((sum, { clicks }) => sum + clicks, 0),
			keys: steps.reduce((sum, { keys }) => sum + keys, 0),
		};
	}

	/** The steps, one a line, and their sums. */
	table(): string {
		const askers: Asker[] = ['n8n', 'needed', 'sandbox', 'ours'];
		const rows = [
			['step', 'wanted by', 'clicks', 'keys'],
			...this.steps.map(({ step, asker, clicks, keys }) => [step, asker, clicks, keys]),
			...askers.map((asker) => {
				const { clicks, keys } = this.total(asker);
				return [`= ${asker}`, '', clicks, keys];
			}),
			['= all', '', this.total().clicks, this.total().keys],
		].map(([step, asker, ...cost]) =>
			[String(step).padEnd(44), String(asker).padEnd(10)]
				.concat(cost.map((cell) => String(cell).padStart(7)))
				.join(''),
		);
		return `\n${rows.join('\n')}\n\n`;
	}

	private async spent(): Promise<Cost> {
		return await this.page.evaluate('({ ...window.effort })');
	}
}
