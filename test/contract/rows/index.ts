import type { Row } from '../row';
import { cc } from './cc';
import { get } from './get';
import { getId } from './getId';
import { request } from './request';

/** One row for every operation of the node. */
export const ROWS: Row[] = [cc, get, getId, request];
