import { readAddress } from '../../../../approval/addresses';
import { Problem } from '../../../../approval/problem';
import { readRecipients } from '../../../../approval/recipients';
import { keyOf, lookUpPeople } from '../../../../feishu/people/lookUp';
import { defineOperation } from '../defineOperation';
import { reworded, type Field } from '../fields/field';
import { userIdType } from '../fields/people';

const users: Field<string[]> = {
	property: {
		displayName: 'Users',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. ann@example.com, +8613800000000',
		description:
			'Email addresses and mobile numbers, separated by commas or lines, or a list from an expression. Numbers from abroad begin with "+" and the country code.',
	},
	parse(value) {
		const read = readRecipients(value);
		if (read instanceof Problem) return read;
		const odd = read.find((entry) => readAddress(entry) === undefined);
		if (odd === undefined) return read;
		return new Problem(
			`cannot be used: "${odd}" is neither an email address nor a mobile number`,
			'Feishu looks up nothing else. An ID needs no look-up: use it as it is.',
		);
	},
};

/** User: Get ID: finds people by email address or mobile number (API sheet 7.2). */
export const getId = defineOperation({
	resource: 'user',
	operation: 'getId',
	title: 'Get User ID',
	option: {
		name: 'Get ID',
		action: 'Get user ID',
		description: 'Find the IDs of people by email address or mobile number',
	},
	fields: {
		users,
		userIdType: reworded(userIdType, { description: 'Kind of the IDs to return' }),
	},
	async execute(feishu, { users: entries, userIdType: kind }) {
		const addresses = entries.map((entry) => readAddress(entry)!);
		const { ids, failed } = await lookUpPeople(feishu, addresses, kind);
		for (const failure of failed.values()) throw failure;
		return entries.map((query, index) => {
			const id = ids.get(keyOf(addresses[index])) ?? null;
			return { json: { query, user_id: id, user_id_type: kind, found: id !== null } };
		});
	},
});
