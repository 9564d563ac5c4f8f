import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';

/** A cell: dates as ISO text, arrays as text arrays. */
export type Cell = string | number | boolean | null | readonly string[];

/** Tables and their columns, parents before children. */
export type BulkTables = Readonly<Record<string, readonly string[]>>;

const escapes: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escape(text: string): string {
  return text.replace(/[\\\n\r\t]/g, (character) => escapes[character]!);
}

function cellText(cell: Cell): string {
  if (cell === null) return '\\N';
  if (typeof cell === 'string') return escape(cell);
  if (typeof cell === 'object') {
    return escape(`{${cell.map((item) => `"${item.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`);
  }
  return String(cell);
}

/** Characters held before they are sent: bounds memory, and keeps one COPY well under a second. */
const flushAt = 1_000_000;

/**
 * Many rows into several tables through one connection and transaction. Rows are held as COPY text and sent table by
 * table in the declared order, so that a parent is always there before its children.
 */
export class BulkLoader<Tables extends BulkTables> {
  readonly #client: Client;
  readonly #tables: Tables;
  readonly #held: Map<string, string[]>;
  #characters = 0;
  rows = 0;

  constructor(client: Client, tables: Tables) {
    this.#client = client;
    this.#tables = tables;
    this.#held = new Map(Object.keys(tables).map((name) => [name, []]));
  }

  row(table: keyof Tables & string, cells: readonly Cell[]): void {
    const line = `${cells.map(cellText).join('\t')}\n`;
    this.#held.get(table)!.push(line);
    this.#characters += line.length;
    this.rows++;
  }

  /** Sends what is held once it is worth a round trip; call it after each unit of work. */
  async flushIfFull(): Promise<void> {
    if (this.#characters >= flushAt) await this.flush();
  }

  async flush(): Promise<void> {
    for (const [table, lines] of this.#held) {
      if (lines.length === 0) continue;
      const columns = this.#tables[table]!.map((column) => `"${column}"`).join(', ');
      await pipeline(
        Readable.from([lines.join('')], { objectMode: false }),
        this.#client.query(copyFrom(`COPY "${table}" (${columns}) FROM STDIN`)),
      );
      lines.length = 0;
    }
    this.#characters = 0;
  }
}
