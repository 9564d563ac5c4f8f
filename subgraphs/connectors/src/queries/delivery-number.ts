import type { Statements } from '@linli/kit/writing/statements';

/** The next number of a delivery: in whose order events came, and leave. */
export async function nextDeliveryNumber({ query }: Statements): Promise<string> {
  const [row] = await query<{ number: string }>("SELECT nextval('delivery_number')::text AS number");
  return row!.number;
}
