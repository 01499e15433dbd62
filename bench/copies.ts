import type { Copy } from './contenders/contender';
import { APPROVAL_CODE, codeOf, personOf } from './platform';

/** As many copies as instances, each to one person. */
export function copies(contender: string, count: number): Copy[] {
	return Array.from({ length: count }, (_, index) => copy(contender, index, 1));
}

/** `rows` copies over fewer instances: each instance goes to several people, one in a row. */
export function copiesOver(contender: string, rows: number, instances: number): Copy[] {
	return Array.from({ length: rows }, (_, index) =>
		copy(contender, index % instances, 1 + Math.floor(index / instances)),
	);
}

function copy(contender: string, instance: number, person: number): Copy {
	return {
		approvalCode: APPROVAL_CODE,
		instanceCode: codeOf(instance),
		userId: personOf(contender, 0).open_id,
		ccUserIds: [personOf(contender, person).open_id],
	};
}
