import { isClosed } from '../planning/guard.js';
import type { Variant } from '../planning/shape.js';
import { PersonalData, type PersonalField } from '../policy/shown.js';
import { personalBits } from './row-needs.js';

const everyRelation = ~0;

/**
 * The personal data of a row and of its parts. What leads to other rows is a datum of the row itself; what they hold is
 * theirs.
 */
export function personalDataOf(variant: Variant): PersonalData {
  const { row, types } = variant;
  const subject = row?.subject ?? [];
  return new PersonalData(types[0]!.name, subject, fieldsOf(variant, everyRelation), row ? personalBits(variant) : 0);
}

/** The personal data beside all rows: leaves of the operation's root, and of parts that belong to nobody's row. */
export function personalDataBeside(root: Variant): PersonalData {
  const fields = root.fields.filter(({ shape }) => !shape);
  const parts = { ...root, fields: root.fields.filter(({ shape }) => shape) };
  const own = fieldsOf({ ...root, fields }, everyRelation);
  return new PersonalData(root.types[0]!.name, [], [...own, ...partsOf(parts, everyRelation)], 0);
}

function fieldsOf(variant: Variant, reach: number): PersonalField[] {
  const own = variant.fields.flatMap(({ guard }) =>
    guard?.personal && !isClosed(guard) && ((guard.allow | guard.mask) & reach) !== 0 ? [{ guard, reach }] : [],
  );
  return [...own, ...partsOf(variant, reach)];
}

function partsOf({ fields }: Variant, reach: number): PersonalField[] {
  return fields.flatMap(({ guard, shape }) => {
    const inside = guard ? reach & (guard.allow | guard.mask) : reach;
    const parts = shape?.variants.filter(({ row }) => !row) ?? [];
    return inside === 0 ? [] : parts.flatMap((part) => fieldsOf(part, inside));
  });
}
