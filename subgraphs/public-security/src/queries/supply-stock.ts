import type { SystemContext } from '@linli/kit/writing/system';
import type { Database } from '../database.js';

export interface HeldStock {
  id: string;
  shelter: string;
  quantity: number;
  minimum: number;
}

type Statements = Pick<SystemContext<Database>, 'query'>;

/**
 * What shelters have of an item, held until the transaction ends, always in the same order so that movements of the same
 * shelters wait for each other instead of locking each other out. A shelter that has had none of it gets an empty stock.
 */
export async function holdStocks(
  { query }: Statements,
  item: string,
  shelters: readonly string[],
): Promise<Map<string, HeldStock>> {
  await query(
    `INSERT INTO supply_stock (id, item, quantity, opening, minimum, shelter_id, community_code)
     SELECT 'stock-' || lower($1) || '-' || s.id, $1::"SupplyItem", 0, 0, 0, s.id, s.community_code
     FROM emergency_shelter s WHERE s.id = ANY($2::text[]) ORDER BY s.id ON CONFLICT DO NOTHING`,
    [item, shelters],
  );
  const rows = await query<HeldStock>(
    `SELECT id, shelter_id AS shelter, quantity, minimum FROM supply_stock
     WHERE item = $1::"SupplyItem" AND shelter_id = ANY($2::text[]) ORDER BY id FOR UPDATE`,
    [item, shelters],
  );
  return new Map(rows.map((row) => [row.shelter, row]));
}
