import pg from 'pg';
import type { ShownField } from '../policy/shown.js';
import type { DisclosureRecord } from './record.js';
import type { RecordStore } from './recorder.js';

/**
 * Both tables in one statement, and so in one transaction, which ends when it is on the disk, whatever the server or the
 * role is set to. The role needs no more than INSERT.
 */
const insert = `
  WITH records AS (
    INSERT INTO disclosure_record (
      id, at, reader, staff_id, roles, department, purpose, legal_basis, case_number, emergency, emergency_until,
      emergency_reason, operation_hash, operation_name, policies, residents, coordinates, row_count, entries
    )
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS r (
      id text, at timestamptz, reader text, staff_id text, roles text[], department text, purpose text,
      legal_basis text, case_number text, emergency boolean, emergency_until timestamptz, emergency_reason text,
      operation_hash text, operation_name text, policies text, residents text[], coordinates text[], row_count int,
      entries jsonb
    )
    WHERE set_config('synchronous_commit', 'on', true) = 'on'
  )
  INSERT INTO disclosure (
    id, record_id, resident_id, own, at, roles, department, purpose, legal_basis, emergency, fields
  )
  SELECT * FROM jsonb_to_recordset($2::jsonb) AS d (
    id text, record_id text, resident_id text, own boolean, at timestamptz, roles text[], department text,
    purpose text, legal_basis text, emergency boolean, fields jsonb
  )`;

/**
 * Keeps records in the tables of the subgraph `governance`: `disclosure_record`, one row a record, and `disclosure`, one
 * row for each resident that it is about. Whatever the server says of an error stays here: it may repeat values.
 *
 * @param url a PostgreSQL URL, of a role that may insert into both tables
 * @param timeoutMs what connecting and writing may take, each
 */
export function postgresStore(url: string, timeoutMs: number): RecordStore {
  const pool = new pg.Pool({
    connectionString: url,
    max: 1,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    statement_timeout: timeoutMs,
    application_name: 'linli-gateway disclosures',
  });
  // A connection that breaks while it is idle is replaced at the next write.
  pool.on('error', () => undefined);
  return {
    async insert(records) {
      const values = [JSON.stringify(records.map(recordRow)), JSON.stringify(records.flatMap(residentRows))];
      await pool.query({ name: 'disclosures', text: insert, values });
    },
    close: () => pool.end(),
  };
}

function recordRow(record: DisclosureRecord): object {
  const { emergency, entries } = record;
  // Nobody finds by a resident what nobody but its handlers may know of that resident.
  const named = entries.some(({ fields }) => fields.some(({ sealed }) => sealed)) ? [] : entries;
  return {
    ...sharedRow(record),
    reader: record.reader,
    staff_id: record.staffId,
    case_number: record.caseNumber,
    emergency_until: emergency?.until,
    emergency_reason: emergency?.reason,
    operation_hash: record.operationHash,
    operation_name: record.operationName,
    policies: record.policies,
    residents: [...new Set(named.flatMap(({ whose }) => whose))],
    coordinates: [...new Set(entries.flatMap(({ fields }) => fields.map(({ coordinate }) => coordinate)))],
    row_count: entries.reduce((sum, { rows }) => sum + rows, 0),
    entries,
  };
}

/** A row for each resident, with all that was shown of them but what is sealed; what was shown in full anywhere was. */
function residentRows(record: DisclosureRecord): object[] {
  const ofResidents = new Map<string, Map<string, ShownField>>();
  for (const { whose, fields } of record.entries) {
    const told = fields.filter(({ sealed }) => !sealed);
    if (told.length === 0) continue;
    for (const resident of whose) {
      let known = ofResidents.get(resident);
      if (!known) ofResidents.set(resident, (known = new Map<string, ShownField>()));
      for (const field of told) {
        if (known.get(field.coordinate)?.effect !== 'FULL') known.set(field.coordinate, field);
      }
    }
  }
  return [...ofResidents].map(([resident, fields], i) => ({
    ...sharedRow(record),
    id: `${record.id}-${i}`,
    record_id: record.id,
    resident_id: resident,
    own: resident === record.residentId,
    fields: [...fields.values()],
  }));
}

function sharedRow({ id, at, roles, department, purpose, legalBasis, emergency }: DisclosureRecord): object {
  return { id, at, roles, department, purpose, legal_basis: legalBasis, emergency: emergency !== undefined };
}
