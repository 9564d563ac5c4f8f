import DataLoader from 'dataloader';

/** One row by key, many keys a statement; null where there is none. */
export function loadByKey<Row>(
  rows: (keys: string[]) => Promise<Row[]>,
  key: (row: Row) => string,
): DataLoader<string, Row | null> {
  return new DataLoader(async (keys) => {
    const found = new Map((await rows([...keys])).map((row) => [key(row), row]));
    return keys.map((wanted) => found.get(wanted) ?? null);
  });
}

/** All rows of a parent (for small, bounded lists only: page anything that grows), many parents a statement. */
export function loadByParent<Row>(
  rows: (parents: string[]) => Promise<Row[]>,
  parent: (row: Row) => string,
): DataLoader<string, Row[]> {
  return new DataLoader(async (parents) => {
    const found = new Map<string, Row[]>(parents.map((wanted) => [wanted, []]));
    for (const row of await rows([...parents])) found.get(parent(row))?.push(row);
    return parents.map((wanted) => found.get(wanted)!);
  });
}
