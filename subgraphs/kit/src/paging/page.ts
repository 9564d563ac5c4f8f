import { inputError } from '../errors.js';

/** Rows a page has when the client does not say. */
export const defaultPageSize = 20;
/** Rows a page has at the most. */
export const maxPageSize = 200;

export interface PageArgs {
  first?: number | null;
  after?: string | null;
}

/** A page asked for: rows whose key is greater than `after`, in key order. */
export interface Window {
  after: string | undefined;
  /** Rows wanted. */
  size: number;
  /** Rows to read: one more than wanted tells whether there is a next page. */
  take: number;
}

/** A Relay connection. `totalCount` is counted only if it is asked for. */
export interface Connection<Row> {
  edges: { cursor: string; node: Row }[];
  nodes: Row[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  totalCount: () => Promise<number>;
}

const cursorPrefix = 'k:';

export function encodeCursor(key: string): string {
  return Buffer.from(cursorPrefix + key).toString('base64url');
}

function decodeCursor(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString();
  if (!text.startsWith(cursorPrefix)) {
    throw inputError(
      'The argument "after" is not a cursor of this list: send the endCursor of an earlier page.',
      'BAD_CURSOR',
    );
  }
  return text.slice(cursorPrefix.length);
}

/** Reads `first` and `after`; throws PAGE_TOO_LARGE or BAD_CURSOR with what to send instead. */
export function pageWindow(args: PageArgs): Window {
  const size = args.first ?? defaultPageSize;
  if (size < 1 || size > maxPageSize) {
    throw inputError(
      `The argument "first" is ${size}: a page has between 1 and ${maxPageSize} rows; read on with "after".`,
      size > maxPageSize ? 'PAGE_TOO_LARGE' : 'BAD_USER_INPUT',
    );
  }
  return { after: args.after == null ? undefined : decodeCursor(args.after), size, take: size + 1 };
}

/** Makes a connection of rows read for a window (up to `take` of them, in key order). */
export function connection<Row>(
  rows: readonly Row[],
  window: Window,
  key: (row: Row) => string,
  totalCount: () => Promise<number>,
): Connection<Row> {
  const nodes = rows.slice(0, window.size);
  const edges = nodes.map((node) => ({ cursor: encodeCursor(key(node)), node }));
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: rows.length > window.size,
      hasPreviousPage: window.after !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount,
  };
}

/** One list read by key: `rows` answers those after `after` in key order, `count` all that match. */
export async function page<Row>(
  args: PageArgs,
  source: {
    key: (row: Row) => string;
    rows: (query: { after: string | undefined; take: number }) => Promise<Row[]>;
    count: () => Promise<number>;
  },
): Promise<Connection<Row>> {
  const window = pageWindow(args);
  return connection(await source.rows(window), window, source.key, source.count);
}
