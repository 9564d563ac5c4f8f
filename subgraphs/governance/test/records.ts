import { Client } from 'pg';
import type { TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { newestFirst } from '@linli/schema/newest-first';

/** What a test says of a record; the rest is as usual. */
export interface Disclosed {
  readonly at: string;
  readonly whose: readonly string[];
  readonly staff?: string;
  /** The resident who reads. */
  readonly reader?: string;
  readonly purpose?: string;
  readonly emergency?: boolean;
  readonly coordinate?: string;
  readonly effect?: 'FULL' | 'MASKED';
  readonly sealed?: true;
}

let made = 0;

/** Adds records as the gateway does, which alone writes them. @returns their ids */
export async function disclose(service: TestSubgraph, records: readonly Disclosed[]): Promise<string[]> {
  const client = new Client({ connectionString: service.databaseUrl });
  await client.connect();
  try {
    const ids: string[] = [];
    for (const each of records) {
      const { whose, staff, reader, purpose = 'service-handling', emergency = false } = each;
      const at = new Date(each.at);
      const id = `${newestFirst(at)}${String(made++).padStart(24, '0')}`;
      const fields = [
        {
          coordinate: each.coordinate ?? 'Resident.name',
          effect: each.effect ?? 'MASKED',
          ...(each.sealed && { sealed: true }),
        },
      ];
      const roles = [staff === undefined ? 'resident' : 'community-worker'];
      await client.query(
        `INSERT INTO disclosure_record (id, at, reader, staff_id, roles, department, purpose, legal_basis, case_number,
           emergency, emergency_until, emergency_reason, operation_hash, policies, residents, coordinates, row_count, entries)
         VALUES ($1, $2, $3, $4, $5, 'civil-affairs', $6, '办理', $7, $8, $9, $10, 'ab', 'v1', $11, $12, $13, $14)`,
        [
          id,
          at,
          `sub-${staff ?? reader}`,
          staff,
          roles,
          purpose,
          emergency ? 'E-1' : null,
          emergency,
          emergency ? new Date(at.getTime() + 3_600_000) : null,
          emergency ? '老人摔倒' : null,
          each.sealed ? [] : whose,
          fields.map(({ coordinate }) => coordinate),
          whose.length,
          JSON.stringify([{ type: 'Resident', whose, rows: whose.length, fields }]),
        ],
      );
      for (const [i, resident] of (each.sealed ? [] : whose).entries()) {
        await client.query(
          `INSERT INTO disclosure (id, record_id, resident_id, own, at, roles, department, purpose, legal_basis, emergency, fields)
           VALUES ($1, $2, $3, $4, $5, $6, 'civil-affairs', $7, '办理', $8, $9)`,
          [`${id}-${i}`, id, resident, resident === reader, at, roles, purpose, emergency, JSON.stringify(fields)],
        );
      }
      ids.push(id);
    }
    return ids;
  } finally {
    await client.end();
  }
}
