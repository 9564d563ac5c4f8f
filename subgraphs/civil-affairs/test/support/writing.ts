import { eventsIn } from '@linli/kit/testing/outbox';
import type { TestSubgraph } from '@linli/kit/testing/test-subgraph';
import type { Relation, Subject } from '@linli/schema/subject';

/** Somebody who writes in a test, and by which relations the policies let them. */
export interface Writer {
  readonly subject: Partial<Subject>;
  readonly standing?: { household: string[]; wards: string[] };
  readonly relations: readonly Relation[];
}

const community = '440303001001';

/** A resident, for themselves and where a policy says so for their household or anybody. */
export const residentWriter = (residentId: string, ...relations: Relation[]): Writer => ({
  subject: { id: residentId, roles: ['resident'], residentId, jurisdiction: [] },
  standing: { household: ['demo-resident', 'demo-spouse', 'demo-elder', 'demo-child'], wards: ['demo-child'] },
  relations: relations.length ? relations : ['self'],
});

const staff = (post: string, jurisdiction: string, ...relations: Relation[]): Writer => ({
  subject: { id: `demo-${post}`, roles: [post], staffId: `demo-${post}`, jurisdiction: [jurisdiction] },
  relations,
});
export const communityWorker = staff('community-worker', community, 'community', 'assigned');
export const caseWorker = staff('community-worker', community, 'assigned');
export const socialWorker = staff('social-worker', community.slice(0, 9), 'assigned');
export const officer: Writer = {
  subject: { id: 'officer', roles: ['department-data-officer'], department: 'civil-affairs', jurisdiction: ['4403'] },
  relations: ['community', 'street', 'district', 'city'],
};
/** A community worker of another community, to whom nothing here is assigned. */
export const stranger: Writer = {
  subject: { id: 'x', roles: ['community-worker'], staffId: 'stranger', jurisdiction: ['440304001019'] },
  relations: ['community', 'assigned'],
};

export interface Written {
  // Tests read whatever they asked for.

  [field: string]: any;
  /** Codes of the user errors. */
  refused: string[];
  userErrors: { field: string[] | null; message: string; code: string }[];
}

/** Calls a mutation as somebody, and answers its payload. */
export async function write(
  service: TestSubgraph,
  as: Writer,
  name: string,
  input: object,
  selection = '',
): Promise<Written> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await service.query(
    `mutation ($input: ${type}!) { payload: ${name}(input: $input) { ${selection} userErrors { field message code } } }`,
    { input },
    { subject: as.subject, ...(as.standing && { standing: as.standing }), writes: { [name]: as.relations } },
  );
  if (errors) throw new Error(`${name}: ${errors[0]!.message}`);
  return { ...data.payload, refused: data.payload.userErrors.map(({ code }: { code: string }) => code) };
}

/** The data of a department's events of a type, in their order. */
export async function eventsOf(service: TestSubgraph, type: string) {
  return (await eventsIn(service.databaseUrl)).filter((event) => event.type === type).map(({ data }) => data);
}
