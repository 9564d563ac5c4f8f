import DataLoader from 'dataloader';

/** All rows that a resident has part in, by a list of residents in each row; many residents a statement. */
export function loadByMember<Row>(
  rows: (residents: string[]) => PromiseLike<Row[]>,
  members: (row: Row) => readonly string[],
): DataLoader<string, Row[]> {
  return new DataLoader(async (residents) => {
    const found = new Map<string, Row[]>(residents.map((resident) => [resident, []]));
    for (const row of await rows([...residents])) for (const member of members(row)) found.get(member)?.push(row);
    return residents.map((resident) => found.get(resident)!);
  });
}
