import type { IDataObject } from 'n8n-workflow';

import { says } from '../../approval/commentMatch';
import { commentsOf } from '../../approval/comments';

const OLD = { url: 'https://a.example.com/1/a.pdf?x-signature=1', title: 'a.pdf', fileSize: 10 };
const NEW = { url: 'https://a.example.com/2/b.pdf', title: 'b.pdf', fileSize: 20 };

/** Whether a comment that is listed with these is one that was to have those. */
function isSame(
	[shown, wanted]: [IDataObject[], IDataObject[]],
	[listed, mentions]: [string[] | undefined, string[]] = [[], []],
) {
	const [comment] = commentsOf({
		comments: [
			{
				id: '1',
				content: JSON.stringify({ text: 'x', files: shown }),
				at_info_list: listed?.map((id) => ({ user_id: id })),
			},
		],
	});
	return says(comment, { text: 'x', files: wanted, mentions });
}

it.each<[string, IDataObject, IDataObject, boolean | undefined]>([
	['the same link', OLD, OLD, true],
	['the same link and another size', OLD, { ...OLD, fileSize: '11' }, false],
	['another signature', OLD, { ...OLD, url: `${OLD.url}2` }, true],
	['another signature, and nothing else to go by', OLD, { url: `${OLD.url}2` }, undefined],
	['another address, and everything else the same', { ...OLD, url: NEW.url }, OLD, undefined],
	['another address, and nothing else to go by', OLD, { url: NEW.url }, false],
	['another file', OLD, NEW, false],
])('a file with %s', (_what, shown, wanted, same) => {
	expect(isSame([[shown], [wanted]])).toBe(same);
	expect(isSame([[shown, shown], [wanted]])).toBe(false);
	expect(
		isSame([
			[NEW, shown],
			[NEW, wanted],
		]),
	).toBe(same);
});

it.each<[string[] | undefined, string[], boolean | undefined]>([
	[['ou_1', 'ou_2'], ['ou_2', 'ou_1'], true],
	[['ou_1'], ['ou_2'], false],
	[['ou_1'], [], false],
	[['ou_1'], ['f7cb567e'], undefined],
	[undefined, [], true],
	[undefined, ['ou_1'], undefined],
])('mentions of %j where %j were wanted', (shown, wanted, same) => {
	expect(isSame([[], []], [shown, wanted])).toBe(same);
	expect(isSame([[NEW], [OLD]], [shown, wanted])).toBe(false);
});
