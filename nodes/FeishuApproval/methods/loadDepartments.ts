import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { addressAmongIds } from '../../../approval/addresses';
import { Problem } from '../../../approval/problem';
import type { UserIdType } from '../../../approval/userIds';
import { departmentsOf, type Department } from '../../../feishu/people/departments';
import { keyOf, lookUpPeople } from '../../../feishu/people/lookUp';
import { missingPerson } from '../actions/form/peopleInForms';
import { askForPanel, enteredIn } from './askForPanel';

const NOBODY = new Problem('Enter first who submits', 'Their departments are listed then.');

/** The departments of who submits, as far as the app may see them, or why they cannot be had. */
export async function loadDepartments(
	context: ILoadOptionsFunctions,
): Promise<Department[] | Problem> {
	const entered = enteredIn(context, 'userId', 'The person');
	if (entered instanceof Problem) return entered;
	if (entered === '') return NOBODY;
	const kind = context.getCurrentNodeParameter('userIdType') as UserIdType | undefined;
	const address = addressAmongIds(entered);
	return await askForPanel(context, async (client) => {
		if (address === undefined) return await departmentsOf(client, entered, kind ?? 'open_id');
		const people = await lookUpPeople(client, [address], 'open_id');
		const missing = missingPerson([address], people);
		if (missing !== undefined) throw missing;
		return await departmentsOf(client, people.ids.get(keyOf(address))!, 'open_id');
	});
}
