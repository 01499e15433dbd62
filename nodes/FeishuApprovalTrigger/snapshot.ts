import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../approval/json';
import { REMEMBERED_MS } from './events/keys';

/** n8n writes all of them with each event. */
const MOST = 500;

/**
 * Notes an event in a workflow's static data, where n8n or this process cannot tell it from one
 * that came before a restart. Says whether it is new.
 *
 * @param now epoch ms
 */
export function isNew(staticData: IDataObject, key: string, now: number): boolean {
	const noted: IDataObject = isObject(staticData.events) ? staticData.events : {};
	const kept = Object.entries(noted)
		.filter(([, at]) => now - Number(at) < REMEMBERED_MS)
		.slice(1 - MOST);
	if (kept.some(([known]) => known === key)) return false;
	// Set as a whole: n8n notices what is set on the top level.
	staticData.events = Object.fromEntries([...kept, [key, now]]) as IDataObject;
	return true;
}
