import { demoCommunity } from '@linli/kit/population/places';
import type { Answer, TestCaller, TestSubgraph } from '@linli/kit/testing/test-subgraph';
import type { Relation, Standing } from '@linli/schema/subject';

/** Somebody who writes, and by which relations the gateway says they may. */
export interface Writer {
  readonly as: TestCaller;
  readonly relations: readonly Relation[];
}

const nobodyElse: Standing = { household: [], wards: [] };

/** A resident who is logged in, with the children in their care. */
export function resident(residentId = 'demo-resident', wards: readonly string[] = []): Writer {
  return {
    as: {
      subject: { id: `user-${residentId}`, roles: ['resident'], residentId, jurisdiction: [] },
      standing: { household: [], wards },
    },
    relations: ['self', 'guardian'],
  };
}

/** A community worker; of the demo family's community by default. */
export function worker(place: string = demoCommunity, staffId = 'demo-community-worker'): Writer {
  const subject = { id: `user-${staffId}`, roles: ['community-worker' as const], staffId, jurisdiction: [place] };
  return { as: { subject, standing: nobodyElse }, relations: ['community', 'assigned'] };
}

/** Somebody in charge of a street. */
export function street(place = demoCommunity.slice(0, 9)): Writer {
  const subject = { id: `street-${place}`, roles: ['street-supervisor' as const], jurisdiction: [place] };
  return { as: { subject }, relations: ['street'] };
}

/** A department's data officer, for the whole city. */
export function officer(department: 'civil-affairs' | 'health' = 'civil-affairs'): Writer {
  const subject = {
    id: `officer-${department}`,
    roles: ['department-data-officer' as const],
    department,
    jurisdiction: ['4403'],
  };
  return { as: { subject }, relations: ['city', 'street'] };
}

/** A terminal of the demo family's community. */
export function terminal(place: string = demoCommunity): Writer {
  return { as: { subject: { id: 'kiosk', roles: ['kiosk'], jurisdiction: [place] } }, relations: ['community'] };
}

/** What came of a mutation. */
export interface Written {
  // Tests read whatever they asked for.

  payload: any;
  /** `field path: CODE` of each reason why not. */
  refused: string[];
  messages: string[];
}

/** Sends one mutation as somebody, and reads the selection of its payload. */
export async function write(
  service: TestSubgraph,
  { as, relations }: Writer,
  name: string,
  input: Record<string, unknown>,
  selection = '__typename',
): Promise<Written> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const answer: Answer = await service.query(
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} userErrors { field message code } } }`,
    { input },
    { ...as, writes: { [name]: relations } },
  );
  if (answer.errors) throw new Error(`${name}: ${answer.errors[0]!.message}`);
  const { userErrors, ...payload } = answer.data[name];
  return {
    payload,
    refused: userErrors.map(({ field, code }: { field: string[] | null; code: string }) =>
      field ? `${field.join('.')}: ${code}` : code,
    ),
    messages: userErrors.map(({ message }: { message: string }) => message),
  };
}

/** The same, where nothing should be refused. */
export async function written(...args: Parameters<typeof write>): Promise<Written['payload']> {
  const { payload, refused, messages } = await write(...args);
  if (refused.length > 0) throw new Error(`${args[2]} was refused: ${refused.join(', ')} ${messages.join(' ')}`);
  return payload;
}
