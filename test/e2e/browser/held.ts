import type { Page } from 'playwright-core';

/**
 * Looks through the components on the page for the one that shows a field, and reads what the
 * editor gives it to show: not what stands in the input, which is there before the editor knows.
 */
const HELD = `(field) => {
	const waiting = [document.querySelector('#app')?._vnode];
	for (let node = waiting.pop(); ; node = waiting.pop()) {
		if (node === undefined && waiting.length === 0) return undefined;
		if (typeof node !== 'object' || node === null) continue;
		const { component, children } = node;
		const props = component?.props;
		if (props?.parameter?.name === field && 'modelValue' in props) return props.modelValue;
		if (component) waiting.push(component.subTree);
		if (Array.isArray(children)) waiting.push(...children);
		if (node.suspense) waiting.push(node.suspense.activeBranch);
	}
}`;

/** Waits until the editor holds this text for a field: it takes over what is typed after a moment. */
export async function holds(page: Page, field: string, text: string): Promise<void> {
	await page.waitForFunction(`(${HELD})(${JSON.stringify(field)}) === ${JSON.stringify(text)}`, {
		polling: 100,
	});
}
