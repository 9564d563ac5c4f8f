import { createHash } from 'node:crypto';
import { syntheticPhone } from '@linli/kit/identifiers/synthetic';
import { personName } from '@linli/kit/population/names';
import { demoCommunity } from '@linli/kit/population/places';
import { randomFor } from '@linli/kit/population/random';
import { defineSeed } from '@linli/kit/seeding/seed';
import { geography } from '@linli/schema/geography';
import type { SubCommitteeKind } from '../generated/graphql.js';

const subCommittees: SubCommitteeKind[] = [
  'MEDIATION',
  'PUBLIC_ORDER',
  'PUBLIC_HEALTH',
  'ENVIRONMENT_PROPERTY',
  'SOCIAL_SERVICE',
];

/** Units that the plan names in its annex, each with one liaison in the city and in every district; made-up people. */
const units = ['民政', '发展改革', '住房建设', '卫生健康', '教育', '公安'];

/** Duties by kind of appeal, with who leads and who helps; units as the plan names them, the allotment made up. */
const duties: [category: string, title: string, lead: string, supporting: string[], workingDays: number][] = [
  ['PROPERTY', '物业服务与小区管理', '市住房建设局', ['街道办事处'], 5],
  ['ENVIRONMENT', '环境卫生与垃圾分类', '市城管和综合执法局', ['街道办事处'], 5],
  ['NOISE', '噪声扰民', '市公安局', ['市城管和综合执法局'], 5],
  ['TRAFFIC', '停车与交通秩序', '市公安局', ['市交通运输局'], 5],
  ['SAFETY', '消防与公共安全隐患', '市应急管理局', ['市公安局', '街道办事处'], 1],
  ['CARE', '养老与助残服务', '市民政局', ['市卫生健康委'], 15],
  ['EDUCATION', '教育与课后服务', '市教育局', ['街道办事处'], 15],
  ['HEALTH', '社区健康服务', '市卫生健康委', ['街道办事处'], 15],
];

/** Made-up shares: committees below a committee that are there already, workers who were trained in the last year. */
const establishedShare = 0.97;
const trainedShare = 0.25;

/** Sub-committees, trainings, liaisons, the list of duties, and one file of records in every tenth community. */
export const teamsSeed = defineSeed({
  name: 'teams',
  tables: {
    sub_committee: ['id', 'community_code', 'kind', 'established', 'chair_id', 'established_on'],
    worker_training: ['id', 'worker_id', 'community_code', 'course', 'provider', 'hours', 'completed_on'],
    liaison: ['id', 'place_id', 'prefixes', 'unit', 'name', 'title', 'phone', 'updated_on'],
    duty_item: [
      'id',
      'code',
      'revision',
      'live_code',
      'category',
      'title',
      'lead',
      'supporting',
      'working_days',
      'effective_from',
      'effective_to',
      'change_note',
    ],
    service_archive: ['id', 'community_code', 'title', 'section', 'state', 'opened_on'],
    archive_entry: ['id', 'archive_id', 'at', 'title', 'reference', 'text'],
  },
  async run({ load, seed }) {
    for (const [i, { code }] of geography.communities.entries()) {
      const random = randomFor(seed, 'teams', code);
      for (const [k, kind] of subCommittees.entries()) {
        const there = code === demoCommunity || random.chance(establishedShare);
        // The committee's secretary and two members chair them by turns (两委班子成员兼任).
        const chair = there ? `worker-${code}-${(k % 3) + 1}` : null;
        load.row('sub_committee', [`${code}-${kind}`, code, kind, there, chair, there ? '2024-03-01' : null]);
      }
      if (code === demoCommunity || random.chance(trainedShare)) {
        const worker = `worker-${code}-${random.int(5, 6)}`;
        load.row('worker_training', [
          `training-${worker}-1`,
          worker,
          code,
          '社区工作者初任培训',
          '示例培训中心',
          24,
          '2025-03-14',
        ]);
      }
      if (i % 10 === 0) {
        const id = `archive-${code}-1`;
        load.row('service_archive', [id, code, '2025年议事协商卷', '议事协商', 'OPEN', '2025-01-02']);
        load.row('archive_entry', [
          `${id}-001`,
          id,
          '2025-02-10T02:00:00Z',
          '示例：居民议事会纪要',
          `deliberation-${code}-1`,
          '示例：居民议事会就公共空间改造听取意见。',
        ]);
      }
      await load.flushIfFull();
    }

    const places = [
      { id: geography.city.code, prefixes: [geography.city.code], name: '市' },
      ...geography.districts.map(({ id, prefixes }) => ({ id, prefixes, name: '区' })),
    ];
    let serial = 0;
    for (const { id, prefixes, name } of places) {
      for (const unit of units) {
        const random = randomFor(seed, 'liaison', id, unit);
        const key = createHash('sha256').update(`${id}/${unit}`).digest('hex').slice(0, 8);
        load.row('liaison', [
          `liaison-${id}-${key}`,
          id,
          prefixes,
          `${name}${unit}部门`,
          personName(random, random.pick(['陈', '林', '黄', '李', '吴'])),
          '负责同志（示例）',
          syntheticPhone(90_000_000 + serial++),
          '2025-01-02',
        ]);
      }
    }
    for (const [category, title, lead, supporting, workingDays] of duties) {
      const code = `D-${category}`;
      const revised = category === 'NOISE';
      const row = (revision: number, from: string, to: string | null, leading: string, note: string | null) =>
        load.row('duty_item', [
          `${code}-${revision}`,
          code,
          revision,
          to === null ? code : null,
          category,
          title,
          leading,
          supporting,
          workingDays,
          from,
          to,
          note,
        ]);
      if (revised) row(1, '2024-01-01', '2025-01-01', '市生态环境局', null);
      row(
        revised ? 2 : 1,
        revised ? '2025-01-01' : '2024-01-01',
        null,
        lead,
        revised ? '示例：经争议调处调整牵头单位。' : null,
      );
    }
  },
});
