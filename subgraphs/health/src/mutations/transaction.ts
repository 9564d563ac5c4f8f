import { refuse } from '@linli/kit/writing/refusal';
import type { WriteContext } from '@linli/kit/writing/mutation';
import type { Database } from '../database.js';

/** What this department's mutations work with. */
export type Tx = WriteContext<Database>;

/** What is thrown where somebody else changed a row since the user read it. */
export const stale = () => refuse(['expectedVersion'], 'CONFLICT', '已被他人修改，请重新读取后再试。');

/** The first of the rows that an update answered. @throws Refusal CONFLICT where the version that it asked for is gone */
export function updated<Row>([row]: readonly Row[]): Row {
  if (!row) throw stale();
  return row;
}

/** Where a row is not there, or not the caller's to write: which of the two is not told. */
export const missing = (field: string, what: string) =>
  refuse([field], 'NOT_FOUND', `没有这一${what}，或您无权办理，请核对标识。`);

/** A key of an ordered part of something, so that parts lie in the order of their keys. */
export const partId = (parent: string, number: number) => `${parent}-${String(number).padStart(4, '0')}`;
