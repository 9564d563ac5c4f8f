import { isNonNullType } from 'graphql';
import { everyone, isClosed, isOpen } from '../planning/guard.js';
import type { RowShape, Shape, Variant } from '../planning/shape.js';

/** True where everybody sees something of every row. */
export function isRowForAll({ visible }: RowShape): boolean {
  return (visible & everyone) === everyone;
}

/** True where what is written of an object, or of parts of it, depends on how its reader is related to it. */
export function dependsOnRow({ row, fields }: Variant): boolean {
  if (row && !isRowForAll(row)) return true;
  return fields.some(({ guard, shape }) => {
    if (guard && !isOpen(guard) && !isClosed(guard)) return true;
    return shape?.variants.some((below) => !below.row && dependsOnRow(below)) ?? false;
  });
}

/** True where an object of a shape may be nothing as far as its reader knows, by itself or by what it must have. */
export function mayBeHidden(shape: Shape): boolean {
  return shape.variants.some(({ row }) => row && !isRowForAll(row)) || mayTurnOutHidden(shape);
}

/** True where that may be found out only after some of it was written: something that it must have is hidden. */
export function mayTurnOutHidden({ variants }: Shape): boolean {
  return variants.some(({ fields }) =>
    fields.some(
      ({ type, shape: below, guard }) =>
        isNonNullType(type) && ((guard?.sealed ?? false) || (below !== undefined && mayBeHidden(below))),
    ),
  );
}

/** The relations by which some personal datum of an object is shown, masked or not. */
export function personalBits({ fields }: Variant): number {
  return fields.reduce((bits, { guard }) => (guard?.personal ? bits | guard.allow | guard.mask : bits), 0);
}
