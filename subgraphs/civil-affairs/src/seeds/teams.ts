import { createHash } from 'node:crypto';
import { syntheticPhone } from '@linli/kit/identifiers/synthetic';
import { personName } from '@linli/kit/population/names';
import { demoCommunity } from '@linli/kit/population/places';
import { randomFor } from '@linli/kit/population/random';
import { defineSeed } from '@linli/kit/seeding/seed';
import { geography } from '@linli/schema/geography';
import { defaultRules, type CategoryRule } from '../appeals/defaults.js';
import { bureaus } from '../appeals/units.js';
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

/** The office of a unit's level that leads; of bureaus, the city's. */
const leadOf = ({ level, bureau }: CategoryRule): string =>
  level === 'COMMUNITY'
    ? '社区党群服务中心'
    : level === 'STREET'
      ? '街道办事处'
      : `${geography.city.name}${bureaus[bureau]}`;

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
    for (const [category, rule] of Object.entries(defaultRules)) {
      const { dutyItem: code, dutyVersion: revision, duty, workingDays } = rule;
      const supporting = rule.level === 'STREET' ? [] : ['街道办事处'];
      load.row('duty_item', [
        `${code}-${revision}`,
        code,
        revision,
        code,
        category,
        duty,
        leadOf(rule),
        supporting,
        workingDays,
        '2024-01-01',
        null,
        null,
      ]);
    }
  },
});
