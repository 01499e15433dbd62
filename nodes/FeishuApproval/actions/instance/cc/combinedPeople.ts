import type { IDataObject } from 'n8n-workflow';

import type { ItemClient } from '../../../../../feishu/client/itemClient';
import { hashOf } from '../../../../../feishu/client/journal';
import { listPeople, type Row } from './copy';

/**
 * To whom rows that are combined were copied. Combine copies once to a person whom several rows name,
 * also where only some of these rows are tried again. With Skip Already Copied, that is certain anyway.
 */
export class CombinedPeople {
	/** Those to whom an earlier try has copied. */
	readonly earlier: Set<string>;
	private readonly known: IDataObject;

	constructor(feishu: ItemClient, rows: Row[]) {
		const [{ isCombined, skipAlreadyCopied }] = rows;
		const common = { ...rows[0], ccUserIds: undefined };
		const isKept = isCombined && !skipAlreadyCopied;
		this.known = isKept ? feishu.notesOfRun(`combined ${hashOf(common)}`) : {};
		const people = rows.flatMap(({ ccUserIds }) => ccUserIds);
		this.earlier = new Set(people.filter((person) => Object.hasOwn(this.known, person)));
	}

	add(people: Iterable<string>): void {
		for (const person of people) this.known[person] = true;
	}

	/** What a row says of those to whom an earlier try has copied; nothing if it names none of them. */
	noteFor({ ccUserIds }: Row): string | undefined {
		const own = ccUserIds.filter((person) => this.earlier.has(person));
		if (own.length === 0) return undefined;
		return `In an earlier try, an item that is combined with this one was copied to these people; nothing was sent again for them: ${listPeople(own)}.`;
	}
}
