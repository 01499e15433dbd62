import type { INodeProperties } from 'n8n-workflow';

import { readTime } from '../../../../approval/times';
import type { Field } from './field';

/** A moment (epoch ms); a text without an offset is meant in the workflow's time zone. */
export function timeField(
	words: Pick<INodeProperties, 'displayName' | 'description'>,
): Field<number> {
	return {
		property: { ...words, type: 'dateTime', default: '' },
		parse: (value, _displayName, zone) => readTime(value, zone),
	};
}
