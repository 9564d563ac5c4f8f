import { plan } from '@linli/schema/plan';
import type { TestSubgraph } from './test-subgraph.js';

/**
 * What a department says of every quantity of the plan, by id; nothing of those that it does not know.
 * @param field the department's own field of `PlanQuantity`
 */
export async function quantitiesTold(service: TestSubgraph, field: string): Promise<Record<string, number>> {
  const representations = plan.quantities.map(({ id }) => ({ __typename: 'PlanQuantity', id }));
  const answer = await service.query(
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on PlanQuantity { id value: ${field} } } }`,
    { r: representations },
  );
  if (answer.errors) throw new Error(`${field}: ${answer.errors[0]!.message}`);
  const { _entities: told } = answer.data as { _entities: { id: string; value: number | null }[] };
  return Object.fromEntries(told.flatMap(({ id, value }) => (value === null ? [] : [[id, value]])));
}
