import type { Statements } from '@linli/kit/writing/statements';

/** Keeps others from giving a school's places until the transaction ends. */
export async function holdSchool({ query }: Statements, id: string): Promise<void> {
  await query('SELECT id FROM school WHERE id = $1 FOR UPDATE', [id]);
}
