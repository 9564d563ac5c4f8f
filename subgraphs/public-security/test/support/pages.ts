import type { TestSubgraph } from '@linli/kit/testing/test-subgraph';

/**
 * Reads a paged root list to its end.
 * @param list field name; @param args its arguments other than first and after, as GraphQL text
 * @returns every node in the order read, and the total that each page gave
 */
export async function readAll<Node>(
  service: TestSubgraph,
  list: string,
  args: string,
  selection: string,
  size = 50,
): Promise<{ nodes: Node[]; totals: number[] }> {
  const nodes: Node[] = [];
  const totals: number[] = [];
  let after: string | null = null;
  do {
    const { data, errors } = await service.query(
      `query ($after: String) { ${list}(${args} first: ${size}, after: $after) {
         nodes { ${selection} } pageInfo { hasNextPage endCursor } totalCount } }`,
      { after },
    );
    if (errors) throw new Error(errors[0]!.message);
    const page = data[list];
    nodes.push(...page.nodes);
    totals.push(page.totalCount);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after);
  return { nodes, totals };
}

/** Asks for entities as the gateway does. */
export async function entities(
  service: TestSubgraph,
  type: string,
  keys: readonly Record<string, string>[],
  selection: string,
) {
  return service.query(`query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { ${selection} } } }`, {
    r: keys.map((key) => ({ __typename: type, ...key })),
  });
}
