import type { Classification, ClassificationLevel, FieldClass } from '@linli/gateway/supergraph/classification';
import { clausesOf } from './clauses.js';

/** One field of the graph, as whoever keeps the catalogue of data sees it. */
export interface CatalogueEntry {
  readonly field: string;
  readonly level: ClassificationLevel;
  readonly sharing: FieldClass['sharing'];
  readonly mask: FieldClass['mask'] | null;
  readonly sealed: boolean;
  /** Departments that answer it. */
  readonly owners: readonly string[];
  readonly clauses: readonly string[];
}

export interface CatalogueFilter {
  readonly level?: ClassificationLevel;
  readonly department?: string;
}

/** Every field of a graph with its classification, in alphabetical order. */
export function catalogue({ fields }: Classification, { level, department }: CatalogueFilter = {}): CatalogueEntry[] {
  return fields
    .filter((field) => level === undefined || field.level === level)
    .filter(({ departments }) => department === undefined || departments.includes(department))
    .map((field) => ({
      field: field.coordinate,
      level: field.level,
      sharing: field.sharing,
      mask: field.mask ?? null,
      sealed: field.sealed,
      owners: field.departments,
      clauses: clausesOf(field),
    }))
    .sort((one, other) => (one.field < other.field ? -1 : 1));
}

const columns = ['field', 'level', 'sharing', 'mask', 'sealed', 'owners', 'clauses'] as const;

/** For people: one line a field, columns in line. */
export function catalogueTable(entries: readonly CatalogueEntry[]): string {
  const rows = [[...columns], ...entries.map((entry) => cells(entry, '-', ', '))];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row.map((cell, column) => (column === columns.length - 1 ? cell : cell.padEnd(widths[column]!))).join('  '),
    )
    .join('\n');
}

/** For spreadsheets: RFC 4180, several owners or clauses with semicolons. */
export function catalogueCsv(entries: readonly CatalogueEntry[]): string {
  const rows = [[...columns], ...entries.map((entry) => cells(entry, '', '; '))];
  return rows.map((row) => row.map(quoted).join(',')).join('\r\n');
}

function cells(entry: CatalogueEntry, none: string, comma: string): string[] {
  const { field, level, sharing, mask, sealed, owners, clauses } = entry;
  return [field, level, sharing, mask ?? none, sealed ? 'sealed' : none, owners.join(comma), clauses.join(comma)];
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
