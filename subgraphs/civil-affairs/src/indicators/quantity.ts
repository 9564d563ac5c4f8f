import type { PlanQuantity } from '../generated/prisma/client.js';
import type { QuantityFigures } from '../queries/plan-quantities.js';

/** What the gateway brings of a quantity beside its key: the values that other departments' registers tell. */
interface RequiredOfQuantity {
  healthValue?: number | null;
  educationValue?: number | null;
  housingValue?: number | null;
  publicSecurityValue?: number | null;
}

/** A quantity of today, or why there is none. */
export interface QuantityValue {
  value: number | null;
  reached: boolean | null;
  unavailable: string | null;
}

/** Which other department's register tells a quantity, by its id. */
const tellers: Readonly<Record<string, { field: keyof RequiredOfQuantity; name: string }>> = Object.fromEntries(
  (
    [
      ['healthValue', '卫健', ['q08', 'q10', 'q11', 'q12', 'q13', 'q16', 'q17', 'q18']],
      ['educationValue', '教育', ['q07', 'q09', 'q19', 'q27']],
      ['housingValue', '住建', ['q23', 'q24', 'q25']],
      ['publicSecurityValue', '公安', ['q21']],
    ] as const
  ).flatMap(([field, name, ids]) => ids.map((id) => [id, { field, name }])),
);

const digits = 100;

/** The value of a quantity, of this department's figures or of what the gateway brought, held against its target. */
export function quantityValue(
  { id, value: wanted, comparator }: PlanQuantity,
  own: QuantityFigures,
  brought: RequiredOfQuantity,
): QuantityValue {
  const teller = tellers[id];
  const exact = teller ? brought[teller.field] : own[id];
  if (exact == null) {
    const unavailable = teller
      ? `暂时取不到${teller.name}部门登记的现值，或其登记中还没有。`
      : '各部门的登记中没有这一项的现值。';
    return { value: null, reached: null, unavailable };
  }
  const reached = comparator === '>=' ? exact >= wanted : exact <= wanted;
  return { value: Math.round(exact * digits) / digits, reached, unavailable: null };
}
