import type { IDataObject } from 'n8n-workflow';

import type { UserIdType } from '../approval/userIds';
import { callOf, ENDPOINTS, type Call } from './endpoints';

/** How an instance is read. */
interface Options {
	locale?: string;
	nestedMutableGroup?: boolean;
	userId?: string;
	userIdType?: UserIdType;
}

/** The call that reads one instance (API sheet 4.1). */
export function instanceCall(
	code: string,
	{ locale, nestedMutableGroup, userId, userIdType }: Options = {},
): Call {
	const qs: IDataObject = {};
	if (locale !== undefined) qs.locale = locale;
	if (userId !== undefined) qs.user_id = userId;
	if (userIdType !== undefined) qs.user_id_type = userIdType;
	if (nestedMutableGroup !== undefined) qs.nested_mutable_group = nestedMutableGroup;
	return callOf(ENDPOINTS.getInstance, { path: { instance_id: code }, qs });
}
