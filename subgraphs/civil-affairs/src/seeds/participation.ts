import { demoCommunity } from '@linli/kit/population/places';
import { randomFor, type Random } from '@linli/kit/population/random';
import { communityWorkerOfCase } from '@linli/kit/population/staff';
import { defineSeed } from '@linli/kit/seeding/seed';
import { geography } from '@linli/schema/geography';
import type { DeliberationState, LivelihoodCategory, MicroProjectState } from '../generated/graphql.js';
import { projectScore } from '../three-lists/match-score.js';

interface Idea {
  category: LivelihoodCategory;
  need: string;
  resource: string;
  provider: string;
  unit: string;
  project: string;
}

/** What people need, what there is, and the small project that makes one out of the other; examples. */
const ideas: Idea[] = [
  {
    category: 'ELDER_CARE',
    need: '独居老人希望有人陪伴就医',
    resource: '志愿者陪诊服务',
    provider: '示例志愿服务队',
    unit: '人次',
    project: '老人陪诊小分队',
  },
  {
    category: 'CHILD_CARE',
    need: '放学后孩子无人看护',
    resource: '课后看护场地',
    provider: '示例幼儿园',
    unit: '个名额',
    project: '四点半看护点',
  },
  {
    category: 'ENVIRONMENT',
    need: '小广场需要增设座椅',
    resource: '户外座椅',
    provider: '示例驻区企业',
    unit: '张',
    project: '小广场微改造',
  },
  {
    category: 'CULTURE_SPORTS',
    need: '希望有室内健身场地',
    resource: '体育馆错时开放',
    provider: '示例驻区学校',
    unit: '小时',
    project: '居民健身夜场',
  },
  {
    category: 'SAFETY',
    need: '电动车充电不安全',
    resource: '集中充电柜位',
    provider: '示例物业公司',
    unit: '个',
    project: '安全充电点',
  },
];

const projectStates: MicroProjectState[] = ['PROPOSED', 'PICKED', 'APPROVED', 'DOING', 'DONE', 'EVALUATED'];
const courseOf = (state: MicroProjectState): MicroProjectState[] =>
  projectStates.slice(0, projectStates.indexOf(state) + 1);
const deliberationStates: DeliberationState[] = ['ANNOUNCED', 'DISCUSSING', 'DECIDED', 'RESULT_PUBLISHED'];

/** The lists of every third community, from the first on, and deliberations of every second; made up. */
const listsEvery = 3;
const deliberationsEvery = 2;

/** Days of 2025, so that the course of a thing goes forward. */
const day = (month: number, date: number) => `2025-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
const at = (date: string) => `${date}T02:00:00Z`;

/** The three lists, micro projects, deliberations, and what the demo family proposed and said. */
export const participationSeed = defineSeed({
  name: 'participation',
  tables: {
    community_need: ['id', 'community_code', 'category', 'title', 'description', 'quantity', 'state', 'listed_on'],
    community_resource: [
      'id',
      'community_code',
      'category',
      'title',
      'provider',
      'quantity',
      'unit',
      'state',
      'listed_on',
    ],
    micro_project: [
      'id',
      'community_code',
      'category',
      'title',
      'description',
      'origin',
      'state',
      'need_ids',
      'resource_ids',
      'match_score',
      'budget_yuan',
      'approved_budget_yuan',
      'spent_yuan',
      'proposed_on',
      'vote_id',
      'grade',
    ],
    project_vote: ['id', 'community_code', 'title', 'state', 'opens_at', 'closes_at', 'picks'],
    deliberation: [
      'id',
      'community_code',
      'title',
      'summary',
      'state',
      'seats',
      'participants',
      'opens_on',
      'closes_on',
      'decision',
      'result',
    ],
    deliberation_participant: ['deliberation_id', 'resident_id', 'joined_at'],
    deliberation_comment: [
      'id',
      'deliberation_id',
      'resident_id',
      'community_code',
      'text',
      'signature',
      'state',
      'posted_at',
      'handlers',
    ],
    public_comment: ['id', 'deliberation_id', 'text', 'signature', 'posted_at'],
    resident_proposal: [
      'id',
      'kind',
      'resident_id',
      'community_code',
      'title',
      'text',
      'state',
      'submitted_at',
      'handlers',
    ],
    course_step: ['id', 'subject', 'at', 'state', 'actor', 'note'],
  },
  async run({ load, seed }) {
    const steps = (subject: string, states: readonly string[]) => {
      for (const [i, state] of states.entries()) {
        const id = `${subject}#${String(i + 1).padStart(3, '0')}`;
        load.row('course_step', [id, subject, at(day(1 + i, 10)), state, null, null]);
      }
    };

    const lists = (code: string, number: number, random: Random) => {
      const idea = ideas[number % ideas.length]!;
      const { category } = idea;
      const quantity = random.int(10, 60);
      const need = { communityCode: code, category, quantity };
      const resource = { communityCode: code, category, quantity: random.int(5, 80) };
      const demo = code === demoCommunity;
      const state = demo ? 'DOING' : random.pick(projectStates);
      const [needId, resourceId, projectId] = [`need-${code}-1`, `resource-${code}-1`, `project-${code}-1`];
      const over = state === 'DONE' || state === 'EVALUATED';
      load.row('community_need', [
        needId,
        code,
        category,
        idea.need,
        `示例：${idea.need}。`,
        quantity,
        over ? 'MET' : 'MATCHED',
        day(1, 6),
      ]);
      load.row('community_resource', [
        resourceId,
        code,
        category,
        idea.resource,
        idea.provider,
        resource.quantity,
        idea.unit,
        'AVAILABLE',
        day(1, 7),
      ]);
      const budget = random.int(2, 40) * 5000;
      const approved = courseOf(state).includes('APPROVED') ? budget - random.int(0, 1) * 1000 : null;
      load.row('micro_project', [
        projectId,
        code,
        category,
        idea.project,
        `示例：${idea.project}。`,
        number % 4 === 3 ? 'DISTRICT_STREET' : 'RESIDENTS_CHOICE',
        state,
        [needId],
        [resourceId],
        projectScore([need], [resource]),
        budget,
        approved,
        over && approved !== null ? approved - random.int(0, 900) : null,
        day(1, 10),
        null,
        state === 'EVALUATED' ? 'SATISFIED' : null,
      ]);
      steps(`project:${projectId}`, courseOf(state));
    };

    const deliberation = (code: string, random: Random) => {
      const demo = code === demoCommunity;
      const state = demo ? 'DISCUSSING' : random.pick(deliberationStates);
      const id = `deliberation-${code}-1`;
      const decided = state === 'DECIDED' || state === 'RESULT_PUBLISHED';
      load.row('deliberation', [
        id,
        code,
        '小区公共空间怎样改造',
        '示例：就小区公共空间的改造方案听取居民意见。',
        state,
        random.chance(0.5) || demo ? 40 : null,
        demo ? 1 : 0,
        day(2, 1),
        demo ? '2027-12-31' : day(6, 30),
        decided ? '示例：先改造小广场，增设座椅与遮阳。' : null,
        state === 'RESULT_PUBLISHED' ? '示例：小广场改造已完工。' : null,
      ]);
      steps(`deliberation:${id}`, deliberationStates.slice(0, deliberationStates.indexOf(state) + 1));
      return id;
    };

    const handlers = [communityWorkerOfCase(demoCommunity, 'demo-resident')];
    for (const [i, { code }] of geography.communities.entries()) {
      const random = randomFor(seed, 'participation', code);
      if (i % listsEvery === 0) lists(code, i / listsEvery, random);
      if (i % deliberationsEvery === 0) {
        const id = deliberation(code, random);
        if (code === demoCommunity) {
          const posted = at(day(2, 12));
          load.row('deliberation_participant', [id, 'demo-resident', posted]);
          const comment = (number: number, text: string, state: string) =>
            load.row('deliberation_comment', [
              `comment-${code}-${number}`,
              id,
              'demo-resident',
              code,
              text,
              '居民',
              state,
              posted,
              handlers,
            ]);
          const shown = '示例：建议保留原有的大树。';
          comment(1, shown, 'APPROVED');
          load.row('public_comment', [`comment-${code}-1`, id, shown, '居民', posted]);
          comment(2, '示例：希望增设儿童滑梯。', 'PENDING');
        }
      }
      await load.flushIfFull();
    }

    const demoProject = `project-${demoCommunity}`;
    for (const [n, title] of [
      [2, '楼道扶手加装'],
      [3, '社区图书角'],
    ] as const) {
      const id = `${demoProject}-${n}`;
      const needId = `need-${demoCommunity}-${n}`;
      const category = n === 2 ? 'ELDER_CARE' : 'CULTURE_SPORTS';
      load.row('community_need', [
        needId,
        demoCommunity,
        category,
        title,
        `示例：${title}。`,
        20,
        'MATCHED',
        day(5, 1),
      ]);
      load.row('micro_project', [
        id,
        demoCommunity,
        category,
        title,
        `示例：${title}。`,
        'RESIDENTS_CHOICE',
        'VOTING',
        [needId],
        [`resource-${demoCommunity}-1`],
        projectScore(
          [{ communityCode: demoCommunity, category, quantity: 20 }],
          [{ communityCode: demoCommunity, category: 'ELDER_CARE', quantity: 20 }],
        ),
        30000,
        null,
        null,
        day(5, 2),
        `vote-${demoCommunity}-1`,
        null,
      ]);
      steps(`project:${id}`, ['PROPOSED', 'VOTING']);
    }
    load.row('project_vote', [
      `vote-${demoCommunity}-1`,
      demoCommunity,
      '示例：民生微实事项目居民票选',
      'OPEN',
      at(day(5, 10)),
      '2027-12-31T16:00:00Z',
      1,
    ]);
    load.row('resident_proposal', [
      `proposal-${demoCommunity}-1`,
      'NEED',
      'demo-resident',
      demoCommunity,
      '示例：希望延长阅览室开放时间',
      '示例：下班以后阅览室已经关门，希望延长到晚上九点。',
      'SUBMITTED',
      at(day(6, 20)),
      handlers,
    ]);
  },
});
