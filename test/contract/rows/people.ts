import { randomInt, randomUUID } from 'node:crypto';

import { SANDBOX_APP, type Sandbox, type User } from '../../../sandbox';

/** Somebody new in the company, whom nobody else is asked for. */
export function addPerson(sandbox: Sandbox): Required<Pick<User, 'email' | 'mobile'>> & User {
	const id = randomUUID().replaceAll('-', '');
	const person = {
		open_id: `ou_${id}`,
		union_id: `on_${id}`,
		user_id: id.slice(0, 8),
		email: `${id}@example.com`,
		mobile: `+49151${randomInt(10_000_000, 99_999_999)}`,
		app: SANDBOX_APP.app_id,
	};
	sandbox.addUser(person);
	return person;
}
