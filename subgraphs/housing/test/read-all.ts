import { expect } from '@jest/globals';
import type { Answer, TestSubgraph } from '@linli/kit/testing/test-subgraph';

/** Every node of a root list, page by page; as many as its totalCount says. `filter` follows the paging arguments. */
export async function readAll(
  service: TestSubgraph,
  list: string,
  filter: string,
  selection: string,
): Promise<Answer['data'][]> {
  const nodes: Answer['data'][] = [];
  for (let after: string | null = null; ;) {
    const { data, errors }: Answer = await service.query(
      `query ($after: String) { ${list}(first: 150, after: $after ${filter}) { totalCount nodes { ${selection} } pageInfo { hasNextPage endCursor } } }`,
      { after },
    );
    expect(errors).toBeUndefined();
    nodes.push(...data[list].nodes);
    if (!data[list].pageInfo.hasNextPage) {
      expect(nodes).toHaveLength(data[list].totalCount);
      return nodes;
    }
    after = data[list].pageInfo.endCursor;
  }
}
