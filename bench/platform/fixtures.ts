import { createHash } from 'node:crypto';
import { EXPENSE_INSTANCE, type AppFixture, type User } from '../../sandbox';

/** Every contender calls as an app of its own: limits and tokens are counted for each app. */
export function appOf(contender: string): AppFixture {
	const id = createHash('sha256').update(contender).digest('hex').slice(0, 16);
	return { app_id: `cli_${id}`, app_secret: `sandbox-only-${id}` };
}

/** The token that contenders get by hand, if they do not fetch one themselves. */
export function tokenOf(contender: string): string {
	return `t-${appOf(contender).app_id}`;
}

/** How many people each app may copy to. */
const PEOPLE = 10;

/** A person whom the contender's app knows; `0` is the one who copies. */
export function personOf(contender: string, index: number): User {
	const { app_id: app } = appOf(contender);
	const id = `${app.slice(4)}_${index % (PEOPLE + 1)}`;
	return { open_id: `ou_${id}`, union_id: `on_${id}`, user_id: id, app };
}

/** Everybody whom the contender's app knows. */
export function peopleOf(contender: string): User[] {
	return Array.from({ length: PEOPLE + 1 }, (_, index) => personOf(contender, index));
}

/** The code of one of the many expense claims. */
export function codeOf(index: number): string {
	return `${String(index).padStart(8, '0')}-93AF-92D6-7425-01A5D67C4E71`;
}

/** Codes of `count` instances, all different. */
export function codes(count: number): string[] {
	return Array.from({ length: count }, (_, index) => codeOf(index));
}

export const APPROVAL_CODE = String(EXPENSE_INSTANCE.approval_code);
