import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { demoCommunity } from '@linli/kit/population/places';
import { runJob } from '@linli/kit/testing/jobs';
import { eventsIn } from '@linli/kit/testing/outbox';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Client } from 'pg';
import { subgraph } from '../src/subgraph.js';
import { officer, resident, street, worker, write, written, type Writer } from './support/works.js';

let service: TestSubgraph;
/** Grown-ups of the demo community, by id. */
let neighbours: string[];

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 20_000 });
  const { data } = await service.query(
    `{ residents(place: "${demoCommunity}", minAge: 18, first: 200) { nodes { id } } }`,
  );
  neighbours = data.residents.nodes.map(({ id }: { id: string }) => id);
}, 120_000);

afterAll(() => service.close());

const elsewhere = '440304001019';
const accepted = (answers: { refused: string[] }[]) => answers.filter(({ refused }) => refused.length === 0).length;

async function sql(text: string, values: unknown[] = []) {
  const client = new Client({ connectionString: service.databaseUrl });
  await client.connect();
  try {
    return (await client.query(text, values)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

const need = { category: 'ENVIRONMENT', title: '小广场缺少座椅', description: '老人没有地方歇脚。', quantity: 10 };
const resource = {
  communityCode: demoCommunity,
  category: 'ENVIRONMENT',
  title: '户外座椅',
  provider: '示例驻区企业',
  quantity: 20,
  unit: '张',
};

const listed = async () => {
  const { need: row } = await written(
    service,
    worker(),
    'listNeed',
    { communityCode: demoCommunity, need },
    'need { id version state }',
  );
  const { resource: offered } = await written(
    service,
    worker(),
    'listCommunityResource',
    resource,
    'resource { id version }',
  );
  return { need: row, resource: offered };
};
const projectOf = async () => {
  const { need: wanted, resource: offered } = await listed();
  return {
    category: 'ENVIRONMENT',
    title: '增设座椅',
    description: '在小广场增设十张座椅。',
    needIds: [wanted.id],
    resourceIds: [offered.id],
    budgetYuan: 20_000,
  };
};

describe('proposals of residents', () => {
  const proposal = { kind: 'NEED', title: '希望增设座椅', text: '小广场没有座椅。' };
  const selection =
    'proposal { id version state reply need { title state } microProject { origin state } deliberation { title } }';

  test('are seen by who made them and who answers them, and once adopted are in the public list', async () => {
    const { proposal: row } = await written(service, resident(), 'submitProposal', proposal, selection);
    const target = { proposalId: row.id, expectedVersion: row.version, reply: '已列入需求清单。' };
    for (const stranger of [worker(elsewhere, 'somebody'), resident('demo-spouse')]) {
      expect((await write(service, stranger, 'adoptProposal', { ...target, need })).refused).toEqual([
        'proposalId: NOT_FOUND',
      ]);
    }
    expect((await write(service, worker(), 'adoptProposal', target)).refused).toEqual(['INVALID']);
    const { proposal: adopted } = await written(service, worker(), 'adoptProposal', { ...target, need }, selection);
    expect(adopted).toMatchObject({ state: 'ADOPTED', need: { title: need.title, state: 'OPEN' } });
    const again = { ...target, expectedVersion: adopted.version, need };
    expect((await write(service, worker(), 'adoptProposal', again)).refused).toEqual(['WRONG_STATE']);
  });

  test('of a project become one that residents chose (居民点菜), of a topic a deliberation', async () => {
    const make = async (kind: string, more: object) => {
      const { proposal: row } = await written(service, resident(), 'submitProposal', { ...proposal, kind }, selection);
      const target = { proposalId: row.id, expectedVersion: row.version, reply: '采纳。', ...more };
      return (await written(service, worker(), 'adoptProposal', target, selection)).proposal;
    };
    expect((await make('MICRO_PROJECT', { microProject: await projectOf() })).microProject).toEqual({
      origin: 'RESIDENTS_CHOICE',
      state: 'PROPOSED',
    });
    const deliberation = {
      title: '座椅放在哪里',
      summary: '听取意见。',
      opensOn: '2025-01-01',
      closesOn: '2099-12-31',
    };
    expect((await make('DELIBERATION', { deliberation })).deliberation).toEqual({ title: '座椅放在哪里' });
  });

  test('may be declined with a reason, and are too long beyond their limits', async () => {
    const { proposal: row } = await written(service, resident(), 'submitProposal', proposal, selection);
    const target = { proposalId: row.id, expectedVersion: row.version, reply: '已在建设中。' };
    expect((await written(service, worker(), 'declineProposal', target, selection)).proposal.state).toBe('DECLINED');
    const long = { ...proposal, title: '长'.repeat(61) };
    expect((await write(service, resident(), 'submitProposal', long)).refused).toEqual(['title: TOO_LONG']);
    expect((await write(service, worker(), 'submitProposal', proposal)).refused).toEqual(['NOT_ALLOWED']);
    expect((await write(service, resident('demo-child'), 'submitProposal', proposal)).refused).toEqual(['NOT_ALLOWED']);
  });

  test('sent again with their key are one', async () => {
    const idempotencyKey = randomUUID();
    const rows = await Promise.all(
      Array.from({ length: 8 }, () =>
        written(service, resident(), 'submitProposal', { ...proposal, idempotencyKey }, 'proposal { id }'),
      ),
    );
    expect(new Set(rows.map(({ proposal: { id } }) => id)).size).toBe(1);
  });
});

describe('a deliberation', () => {
  const deliberation = {
    title: '停车怎样安排',
    summary: '听取意见。',
    opensOn: '2025-01-01',
    closesOn: '2099-12-31',
    seats: 5,
  };
  const selection = `deliberation { id version state participants decision result
    comments { nodes { text signature } } history { state note } }`;
  const open = async (more: object = {}) =>
    (
      await written(
        service,
        worker(),
        'openDeliberation',
        { communityCode: demoCommunity, deliberation: { ...deliberation, ...more } },
        selection,
      )
    ).deliberation;
  const move = async (name: string, row: { id: string; version: number }, more: object = {}) =>
    (
      await written(
        service,
        worker(),
        name,
        { deliberationId: row.id, expectedVersion: row.version, ...more },
        selection,
      )
    ).deliberation;
  const join = (id: string, as: Writer) => write(service, as, 'joinDeliberation', { deliberationId: id });

  test('goes from topic to discussion, decision and public result', async () => {
    const opened = await open();
    const discussed = await move('startDeliberation', opened);
    const decided = await move('decideDeliberation', discussed, { decision: '先划线，再收费。' });
    expect((await eventsIn(service.databaseUrl)).at(-1)).toEqual({
      type: 'DeliberationDecided',
      key: opened.id,
      data: { deliberationId: opened.id, communityCode: demoCommunity, participants: 0 },
    });
    const published = await move('publishDeliberationResult', decided, { result: '已划线。' });
    expect(published).toMatchObject({ state: 'RESULT_PUBLISHED', decision: '先划线，再收费。', result: '已划线。' });
    expect(published.history.map(({ state }: { state: string }) => state)).toEqual([
      'ANNOUNCED',
      'DISCUSSING',
      'DECIDED',
      'RESULT_PUBLISHED',
    ]);
    const late = { deliberationId: opened.id, expectedVersion: published.version, reason: '不办了' };
    expect((await write(service, worker(), 'cancelDeliberation', late)).refused).toEqual(['WRONG_STATE']);
  });

  test('is opened by the community’s own staff, with dates that make sense', async () => {
    const input = { communityCode: demoCommunity, deliberation };
    expect((await write(service, worker(elsewhere), 'openDeliberation', input)).refused).toEqual([
      'communityCode: NOT_ALLOWED',
    ]);
    const wrong = { ...input, deliberation: { ...deliberation, closesOn: '2024-12-31' } };
    expect((await write(service, worker(), 'openDeliberation', wrong)).refused).toEqual([
      'deliberation.closesOn: INVALID',
    ]);
  });

  test('has no more participants than seats, however many come at once', async () => {
    const { id } = await open();
    const answers = await Promise.all(neighbours.slice(0, 20).map((each) => join(id, resident(each))));
    expect(accepted(answers)).toBe(5);
    expect(answers.filter(({ refused }) => refused[0] === 'deliberationId: FULL')).toHaveLength(15);
    const { data } = await service.query(`{ deliberation(id: "${id}") { participants } }`);
    expect(data.deliberation.participants).toBe(5);
    expect(
      await sql('SELECT count(*)::int AS n FROM deliberation_participant WHERE deliberation_id = $1', [id]),
    ).toEqual([{ n: 5 }]);
  });

  test('takes each neighbour once, and nobody from elsewhere', async () => {
    const { id } = await open();
    const answers = await Promise.all(Array.from({ length: 6 }, () => join(id, resident())));
    expect(accepted(answers)).toBe(1);
    expect(answers.filter(({ refused }) => refused[0] === 'deliberationId: DUPLICATE')).toHaveLength(5);
    const { data } = await service.query(`{ residents(place: "${elsewhere}", minAge: 18, first: 1) { nodes { id } } }`);
    expect((await join(id, resident(data.residents.nodes[0].id))).refused).toEqual(['NOT_ALLOWED']);
    const own = await service.query('{ resident(id: "demo-resident") { deliberations { id } } }');
    expect(own.data.resident.deliberations.map((row: { id: string }) => row.id)).toContain(id);
    const closed = await open({ closesOn: '2025-01-02' });
    expect((await join(closed.id, resident())).refused).toEqual(['deliberationId: CLOSED']);
  });

  test('shows comments once they were read, under the name that their author chose', async () => {
    const opened = await open();
    const said = { deliberationId: opened.id, text: '建议夜间免费。', consent: true, signature: '老邻居' };
    const comment = (more: object = {}) =>
      write(service, resident(), 'commentDeliberation', { ...said, ...more }, 'comment { id version state }');
    expect((await comment()).refused).toEqual(['deliberationId: WRONG_STATE']);
    await move('startDeliberation', opened);
    expect((await comment({ consent: false })).refused).toEqual(['consent: INVALID']);
    const { id, version } = (await comment()).payload.comment;
    const shown = async () =>
      (await service.query(`{ deliberation(id: "${opened.id}") { comments { nodes { text signature } } } }`)).data
        .deliberation.comments.nodes;
    expect(await shown()).toEqual([]);

    const target = { commentId: id, expectedVersion: version };
    expect((await write(service, worker(), 'moderateComment', { ...target, approve: false })).refused).toEqual([
      'reason: REQUIRED',
    ]);
    expect(
      (await write(service, worker(elsewhere, 'x'), 'moderateComment', { ...target, approve: true })).refused,
    ).toEqual(['commentId: NOT_FOUND']);
    await written(service, worker(), 'moderateComment', { ...target, approve: true });
    expect(await shown()).toEqual([{ text: '建议夜间免费。', signature: '老邻居' }]);
    const rejected = (await comment({ text: '骂人的话' })).payload.comment;
    await written(service, worker(), 'moderateComment', {
      commentId: rejected.id,
      expectedVersion: rejected.version,
      approve: false,
      reason: '含辱骂内容',
    });
    expect(await shown()).toHaveLength(1);
  });
});

describe('the three lists (三项清单)', () => {
  test('a need shows the resources that fit it, the best first', async () => {
    const { need: row, resource: offered } = await listed();
    const { data } = await service.query(
      `{ communityNeed(id: "${row.id}") { matches { score resource { id category community { code } } } } }`,
    );
    const { matches } = data.communityNeed;
    expect(matches).toContainEqual(
      expect.objectContaining({ score: 100, resource: expect.objectContaining({ id: offered.id }) }),
    );
    const scores = matches.map(({ score }: { score: number }) => score);
    expect(scores).toEqual([...scores].sort((a: number, b: number) => b - a));
    for (const match of matches) expect(match.resource.category).toBe('ENVIRONMENT');
  });

  test('a project has a need and a resource at least, which are there and not closed', async () => {
    const project = await projectOf();
    const propose = (more: object, as: Writer = street()) =>
      write(service, as, 'proposeMicroProject', { communityCode: demoCommunity, project: { ...project, ...more } });
    expect((await propose({ needIds: [] })).refused).toEqual(['project.needIds: INVALID']);
    expect((await propose({ resourceIds: [] })).refused).toEqual(['project.resourceIds: INVALID']);
    expect((await propose({ needIds: ['nothing'] })).refused).toEqual(['project.needIds: NOT_FOUND']);
    expect((await propose({ resourceIds: ['nothing'] })).refused).toEqual(['project.resourceIds: NOT_FOUND']);
    expect((await propose({}, street('440304001'))).refused).toEqual(['communityCode: NOT_ALLOWED']);
    const { resource: offered } = await listed();
    await written(service, worker(), 'withdrawCommunityResource', {
      resourceId: offered.id,
      expectedVersion: offered.version,
    });
    expect((await propose({ resourceIds: [offered.id] })).refused).toEqual(['project.resourceIds: CLOSED']);
    const { need: closed } = await listed();
    await written(service, worker(), 'closeNeed', { needId: closed.id, expectedVersion: closed.version, met: false });
    expect((await propose({ needIds: [closed.id] })).refused).toEqual(['project.needIds: CLOSED']);
    expect((await propose({})).refused).toEqual([]);
    const { data } = await service.query(
      `{ communityNeed(id: "${project.needIds[0]}") { state projects { title matchScore } } }`,
    );
    expect(data.communityNeed).toEqual({ state: 'MATCHED', projects: [{ title: '增设座椅', matchScore: 100 }] });
  });
});

describe('a micro project (民生微实事)', () => {
  const selection =
    'project { id version state origin approvedBudgetYuan spentYuan grade votes history { state note } needs { state } }';
  const act = (name: string, row: { id: string; version: number }, more: object = {}, as: Writer = street()) =>
    write(service, as, name, { projectId: row.id, expectedVersion: row.version, ...more }, selection);

  test('of a street is approved within its budget, done and evaluated', async () => {
    const { project: row } = await written(
      service,
      street(),
      'proposeMicroProject',
      { communityCode: demoCommunity, project: await projectOf() },
      selection,
    );
    expect((await act('approveMicroProject', row, { approvedBudgetYuan: 20_001 })).refused).toEqual([
      'approvedBudgetYuan: INVALID',
    ]);
    expect(
      (await act('approveMicroProject', row, { approvedBudgetYuan: 18_000 }, street('440304001'))).refused,
    ).toEqual(['projectId: NOT_ALLOWED']);
    const approved = (await act('approveMicroProject', row, { approvedBudgetYuan: 18_000 })).payload.project;
    expect((await eventsIn(service.databaseUrl)).at(-1)).toEqual({
      type: 'MicroProjectApproved',
      key: row.id,
      data: { projectId: row.id, communityCode: demoCommunity, origin: 'DISTRICT_STREET', approvedBudgetYuan: 18_000 },
    });
    expect((await act('finishMicroProject', approved, { spentYuan: 1 }, worker())).refused).toEqual(['WRONG_STATE']);
    const doing = (await act('startMicroProject', approved, {}, worker())).payload.project;
    expect((await act('finishMicroProject', doing, { spentYuan: 18_001 }, worker())).refused).toEqual([
      'spentYuan: INVALID',
    ]);
    const done = (await act('finishMicroProject', doing, { spentYuan: 17_500 }, worker())).payload.project;
    expect(done).toMatchObject({ state: 'DONE', spentYuan: 17_500, needs: [{ state: 'MET' }] });
    const evaluated = (await act('evaluateMicroProject', done, { grade: 'SATISFIED' })).payload.project;
    expect(evaluated.history.map(({ state }: { state: string }) => state)).toEqual([
      'PROPOSED',
      'APPROVED',
      'DOING',
      'DONE',
      'EVALUATED',
    ]);
  });

  /** Two projects of residents' own, in a vote that picks one. */
  const vote = async () => {
    const projectIds: string[] = [];
    for (const title of ['甲', '乙']) {
      const { proposal } = await written(
        service,
        resident(),
        'submitProposal',
        { kind: 'MICRO_PROJECT', title, text: title },
        'proposal { id version }',
      );
      const adopted = await written(
        service,
        worker(),
        'adoptProposal',
        {
          proposalId: proposal.id,
          expectedVersion: proposal.version,
          reply: '采纳。',
          microProject: await projectOf(),
        },
        'proposal { microProject { id } }',
      );
      projectIds.push(adopted.proposal.microProject.id);
    }
    const input = {
      communityCode: demoCommunity,
      title: '票选',
      projectIds,
      picks: 1,
      closesAt: '2099-01-01T00:00:00Z',
    };
    const { vote: row } = await written(service, worker(), 'openProjectVote', input, 'vote { id version state }');
    return { id: row.id as string, version: row.version as number, projectIds, input };
  };
  const cast = (voteId: string, projectId: string, as: Writer) =>
    write(service, as, 'castProjectVote', { voteId, projectId }, 'vote { id }');
  const projects = async (voteId: string) =>
    (await service.query(`{ projectVote(id: "${voteId}") { state voters projects { id state votes version } } }`)).data
      .projectVote;

  test('of residents has to be picked by them before it is approved', async () => {
    const { id, version, projectIds, input } = await vote();
    const [first, second] = projectIds as [string, string];
    expect((await write(service, worker(), 'openProjectVote', input)).refused).toEqual(['projectIds: WRONG_STATE']);
    await Promise.all(neighbours.slice(0, 12).map((each) => cast(id, second, resident(each))));
    await Promise.all(neighbours.slice(12, 18).map((each) => cast(id, first, resident(each))));
    const during = await projects(id);
    expect(during.projects.map(({ votes }: { votes: null }) => votes)).toEqual([null, null]);
    const target = { voteId: id, expectedVersion: version };
    expect((await write(service, worker(), 'closeProjectVote', target)).refused).toEqual(['voteId: WRONG_STATE']);

    expect(await runJob(subgraph, service.databaseUrl, 'end-project-votes', new Date('2099-01-01T00:01:00Z'))).toBe(
      true,
    );
    const after = await projects(id);
    expect(after).toMatchObject({ state: 'CLOSED', voters: 18 });
    const results = Object.fromEntries(after.projects.map((row: { id: string }) => [row.id, row]));
    expect(results[second]).toMatchObject({ state: 'PICKED', votes: 12 });
    expect(results[first]).toMatchObject({ state: 'NOT_PICKED', votes: 6 });
    expect((await act('approveMicroProject', results[first], { approvedBudgetYuan: 1 })).refused).toEqual([
      'WRONG_STATE',
    ]);
    expect((await act('approveMicroProject', results[second], { approvedBudgetYuan: 1 })).refused).toEqual([]);
    expect((await cast(id, first, resident(neighbours[20]))).refused).toEqual(['voteId: CLOSED']);
  });

  test('gets one vote of a resident, however often they press, and what they chose is kept nowhere', async () => {
    const { id, projectIds } = await vote();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => cast(id, projectIds[i % 2]!, resident('demo-spouse'))),
    );
    expect(accepted(answers)).toBe(1);
    expect(answers.filter(({ refused }) => refused[0] === 'voteId: DUPLICATE')).toHaveLength(9);
    expect(await sql('SELECT sum(votes)::int AS votes FROM micro_project WHERE vote_id = $1', [id])).toEqual([
      { votes: 1 },
    ]);
    const columns = await sql(`SELECT column_name FROM information_schema.columns WHERE table_name = 'project_voter'`);
    expect(columns).toEqual([{ column_name: 'digest' }]);
    expect((await projects(id)).voters).toBeNull();
  });

  test('is voted for by grown-up neighbours, among the projects of the vote', async () => {
    const { id } = await vote();
    const other = `project-${demoCommunity}-1`;
    expect((await cast(id, other, resident())).refused).toEqual(['projectId: NOT_FOUND']);
    expect((await cast(id, other, resident('demo-child'))).refused).toEqual(['NOT_ALLOWED']);
    expect(await sql('SELECT voters FROM project_vote WHERE id = $1', [id])).toEqual([{ voters: 0 }]);
  });
});

describe('the survey of satisfaction', () => {
  const survey = {
    year: 2030,
    title: '2030年满意度调查',
    questions: ['总体', '环境'],
    opensOn: '2025-01-01',
    closesOn: '2099-12-31',
  };
  const selection = 'survey { id version state coveredCommunities result { respondents } }';

  test('covers every community, takes one answer of each resident, and keeps numbers alone', async () => {
    const { survey: draft } = await written(service, officer(), 'createSurvey', survey, selection);
    expect(await sql('SELECT count(*)::int AS n FROM survey_tally WHERE survey_id = $1', [draft.id])).toEqual([
      { n: 822 },
    ]);
    expect((await write(service, officer(), 'createSurvey', survey)).refused).toEqual(['year: DUPLICATE']);
    const answer = (id: string, answers: string[] = ['SATISFIED', 'VERY_DISSATISFIED']) =>
      write(service, resident(id), 'answerSurvey', { surveyId: draft.id, answers });
    expect((await answer('demo-resident')).refused).toEqual(['surveyId: CLOSED']);
    const target = { surveyId: draft.id, expectedVersion: draft.version };
    expect((await write(service, street(), 'openSurvey', target)).refused).toEqual(['NOT_ALLOWED']);
    const { survey: opened } = await written(service, officer(), 'openSurvey', target, selection);

    expect((await answer('demo-resident', ['SATISFIED'])).refused).toEqual(['answers: REQUIRED']);
    expect((await answer('demo-child')).refused).toEqual(['NOT_ALLOWED']);
    const answers = await Promise.all(neighbours.slice(0, 15).flatMap((id) => [answer(id), answer(id)]));
    expect(accepted(answers)).toBe(15);
    expect(answers.filter(({ refused }) => refused[0] === 'surveyId: DUPLICATE')).toHaveLength(15);
    expect(
      await sql('SELECT respondents, counts FROM survey_tally WHERE survey_id = $1 AND respondents > 0', [draft.id]),
    ).toEqual([{ respondents: 15, counts: [0, 15, 0, 0, 0, 0, 0, 0, 0, 15] }]);

    const closing = { surveyId: draft.id, expectedVersion: opened.version };
    const { survey: closed } = await written(service, officer(), 'closeSurvey', closing, selection);
    expect(closed.state).toBe('CLOSED');
    expect((await answer(neighbours[30]!)).refused).toEqual(['surveyId: CLOSED']);
  });

  test('publishes results of places where nobody can be found in them, and of none before its end', async () => {
    const places = `surveyResult(year: 2024) { respondents satisfaction suppressed answers { question byGrade { grade count } } }`;
    const { data } = await service.query(
      `{ satisfactionSurvey(year: 2024) { coveredCommunities result { respondents answers { question } } }
         open: satisfactionSurvey(year: 2026) { result { respondents } }
         districts { ${places} } communities(place: "440303", first: 200) { nodes { ${places} } } }`,
    );
    expect(data.satisfactionSurvey.coveredCommunities).toBe(822);
    expect(data.satisfactionSurvey.result.answers).toHaveLength(5);
    expect(data.open.result).toBeNull();
    const all = [...data.districts, ...data.communities.nodes].map(({ surveyResult }: any) => surveyResult);
    expect(all.some(({ suppressed }: any) => suppressed)).toBe(true);
    expect(all.some(({ suppressed }: any) => !suppressed)).toBe(true);
    for (const { suppressed, respondents, answers } of all) {
      expect(respondents === null).toBe(suppressed);
      for (const { byGrade } of answers) {
        for (const { count } of byGrade) expect(count === null ? suppressed : count === 0 || count >= 5).toBe(true);
      }
    }
  });
});

describe('statistics of cases and ratings', () => {
  const statistics = `{ cases decided decidedInTime ratings satisfaction suppressed byGrade { grade count } }`;
  interface Statistics {
    cases: number | null;
    decided: number | null;
    ratings: number | null;
    suppressed: boolean;
    byGrade: { count: number | null }[];
  }

  test('are published where nobody can be found in them, and add up', async () => {
    const { data } = await service.query(
      `{ serviceStatistics ${statistics} districts { serviceStatistics ${statistics} streets { serviceStatistics ${statistics} } }
         serviceItems(first: 50) { nodes { statistics ${statistics} } } }`,
    );
    const places: Statistics[] = [
      data.serviceStatistics,
      ...data.districts.flatMap(({ serviceStatistics, streets }: any) => [
        serviceStatistics,
        ...streets.map((street: any) => street.serviceStatistics),
      ]),
      ...data.serviceItems.nodes.map((node: any) => node.statistics).filter(Boolean),
    ];
    expect(data.serviceStatistics.suppressed).toBe(false);
    expect(places.filter(({ cases }) => cases !== null).length).toBeGreaterThan(10);
    for (const { cases, decided, ratings, suppressed, byGrade } of places) {
      for (const count of [cases, decided, ratings, ...byGrade.map((each) => each.count)]) {
        expect(count === null || count === 0 || count >= 5).toBe(true);
      }
      expect(suppressed).toBe(cases === null || ratings === null);
      if (ratings !== null) expect(byGrade.reduce((sum, { count }) => sum + count!, 0)).toBe(ratings);
    }
    const parts = data.districts.map(({ serviceStatistics }: any) => serviceStatistics);
    for (const count of ['cases', 'ratings'] as const) {
      expect(parts.filter((part: Statistics) => part[count] === null).length).not.toBe(1);
    }
  });
});
