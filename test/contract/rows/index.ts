import type { Row } from '../row';
import { cc } from './cc';
import { get } from './get';
import { getId } from './getId';
import { request } from './request';
import { addApprover, approve, cancel, reject, resubmit, rollBack, transfer } from './tasks';

/** One row for every operation of the node. */
export const ROWS: Row[] = [
	addApprover,
	approve,
	cancel,
	cc,
	get,
	getId,
	reject,
	request,
	resubmit,
	rollBack,
	transfer,
];
