import type { NewEvent } from '@linli/kit/events/event';
import { eventsIn } from '@linli/kit/testing/outbox';
import type { TestCaller, TestSubgraph } from '@linli/kit/testing/test-subgraph';
import type { Relation } from '@linli/schema/subject';

export const community = '440303001001';

const own = ['submitAppeal', 'withdrawAppeal', 'confirmAppeal', 'reopenAppeal', 'evaluateAppeal'];
const intake = ['submitAppeal', 'openProactiveAppeal', 'dismissWeakSignal'];
const handling = [
  'acceptAppeal',
  'rejectAppeal',
  'dispatchAppeal',
  'returnAppeal',
  'transferAppeal',
  'startHandlingAppeal',
  'recordAppealContact',
  'addJointUnit',
  'extendAppeal',
  'answerAppeal',
  'closeAppeal',
  'mergeAppeals',
];
const supervision = ['superviseAppeal', 'arbitrateAppeal'];
const officers = ['publishAppealSummary'];

const by = (names: readonly string[], ...relations: Relation[]) =>
  Object.fromEntries(names.map((name) => [name, relations]));
const sees = (...relations: Relation[]) => ({
  Community: ['none' as const],
  Appeal: relations,
  Resident: relations,
  WeakSignal: relations,
});

/** A resident, as the gateway states them. */
export function resident(residentId: string, wards: string[] = []): TestCaller {
  return {
    subject: { id: `user-${residentId}`, roles: ['resident', 'guardian'], residentId, jurisdiction: [] },
    standing: { household: [], wards },
    purpose: 'own-affairs',
    scope: sees('self', 'guardian'),
    writes: by(own, 'self', 'guardian'),
  };
}

/** Staff of a community's service window. */
export function worker(staffId: string, place = community): TestCaller {
  return {
    subject: {
      id: `user-${staffId}`,
      roles: ['community-worker'],
      department: 'civil-affairs',
      staffId,
      jurisdiction: [place],
    },
    purpose: 'service-handling',
    scope: sees('community', 'assigned'),
    writes: { ...by(intake, 'community'), ...by(handling, 'community', 'assigned') },
  };
}

/** Staff who handle what is assigned to them, and nothing else. */
export function officer(staffId: string): TestCaller {
  return {
    subject: {
      id: `user-${staffId}`,
      roles: ['social-worker'],
      department: 'civil-affairs',
      staffId,
      jurisdiction: [],
    },
    purpose: 'service-handling',
    scope: sees('assigned'),
    writes: by(handling, 'assigned'),
  };
}

export function supervisor(place: string, relation: Relation): TestCaller {
  return {
    subject: { id: `user-${place}`, roles: ['street-supervisor'], jurisdiction: [place] },
    purpose: 'statistics',
    scope: sees(relation),
    writes: by(supervision, relation),
  };
}

export const dataOfficer: TestCaller = {
  subject: {
    id: 'user-officer',
    roles: ['department-data-officer'],
    department: 'civil-affairs',
    jurisdiction: ['4403'],
  },
  purpose: 'statistics',
  scope: sees('city'),
  writes: by(officers, 'city'),
};

export const me = resident('demo-resident');
export const window = worker('demo-community-worker');
export const colleague = worker('community-worker-440303001001-2');
export const street = supervisor('440303001', 'street');
/** Staff of the bureau to which appeals about noise go. */
export const bureau = officer('noise-officer');
export const ecology = '440303-ecology';

export interface Row {
  no: string;
  state: string;
  version: number;
  lead: { code: string } | null;
  responsible: { code: string } | null;
  supervision: number;
  possibleActions: string[];
}

export interface Result {
  appeal: Row | null;
  userErrors: { field: string[] | null; code: string; message: string }[];
}

const fields = 'no state version supervision possibleActions lead { code } responsible { code }';

/** What tests do to appeals, over HTTP. */
export function appealClient(service: TestSubgraph) {
  async function call(name: string, as: TestCaller, input: object): Promise<Result> {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
    const answer = await service.query(
      `mutation ($input: ${type}!) { ${name}(input: $input) { appeal { ${fields} } userErrors { field code message } } }`,
      { input },
      as,
    );
    if (answer.errors) throw new Error(`${name}: ${answer.errors[0]!.message}`);
    return answer.data[name] as Result;
  }

  /** Does it, and expects that it is done. */
  async function done(name: string, as: TestCaller, input: object): Promise<Row> {
    const { appeal, userErrors } = await call(name, as, input);
    if (userErrors.length > 0) throw new Error(`${name}: ${userErrors[0]!.code} ${userErrors[0]!.message}`);
    return appeal!;
  }

  /** Does something to an appeal as it stands. */
  const step = (name: string, as: TestCaller, { no, version }: Row, more: object = {}) =>
    done(name, as, { no, expectedVersion: version, ...more });

  const submit = (as: TestCaller, more: object = {}) =>
    done('submitAppeal', as, {
      communityCode: community,
      category: 'NOISE',
      title: '夜间施工',
      content: '每天夜里十一点以后仍在施工，影响休息。',
      ...more,
    });

  /** An appeal of the demo resident about noise that the bureau handles. */
  async function handled(): Promise<Row> {
    let row = await submit(me);
    row = await step('acceptAppeal', window, row);
    row = await step('dispatchAppeal', window, row, { staff: [bureau.subject!.staffId!] });
    return step('startHandlingAppeal', bureau, row);
  }

  const answered = async () => step('answerAppeal', bureau, await handled(), { answer: '已责令停工。' });

  async function closed(): Promise<Row> {
    let row = await step('confirmAppeal', me, await answered());
    row = await step('evaluateAppeal', me, row, { rating: 5 });
    return step('closeAppeal', window, row);
  }

  const eventsOf = async (no: string): Promise<NewEvent[]> =>
    (await eventsIn(service.databaseUrl)).filter(({ key }) => key === no);

  return { call, done, step, submit, handled, answered, closed, eventsOf };
}
