import { facilitiesOf } from '@linli/kit/population/facilities';
import { referenceDate } from '@linli/kit/population/households';
import { randomFor } from '@linli/kit/population/random';
import { defineSeed } from '@linli/kit/seeding/seed';
import type { ServiceResourceKind } from '../generated/graphql.js';

/** What a centre offers, one to a centre in turn; examples. */
const resources: [ServiceResourceKind, string, string][] = [
  ['SPACE', '多功能活动室', '可容纳三十人，居民小组可以预约。'],
  ['SPACE', '议事协商室', '供居民议事会使用。'],
  ['ACTIVITY', '四点半课堂', '放学后的作业辅导与兴趣活动。'],
  ['EXPERTISE', '社工心理关怀', '社工面对面谈心，可预约。'],
  ['EQUIPMENT', '轮椅借用', '凭本人登记借用，七日内归还。'],
];

const flows: [name: string, steps: string[]][] = [
  ['首问接待流程', ['首问人接待并登记', '能当场办的当场办', '不能当场办的告知时限与责任人', '办结后回访']],
  ['一窗综合受理流程', ['取号', '综合窗口受理并核验电子证照', '后台分类审批', '统一窗口出件']],
  ['帮办代办流程', ['居民提出代办需要', '代办员上门收件', '代为提交并跟踪', '送达结果']],
];

/** Made-up shares of centres that are open at other hours than usual, and later; of terminals that are online. */
const staggeredShare = 0.3;
const extendedShare = 0.4;
const onlineShare = 0.96;

const weekend = ['SATURDAY', 'SUNDAY'];
const workdays = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'];

/** What service centres publish: their resources, flows and hours; and the self-service terminals of urban communities. */
export const serviceCentresSeed = defineSeed({
  name: 'service-centres',
  tables: {
    service_resource: ['id', 'facility_id', 'community_code', 'kind', 'name', 'description', 'hours'],
    service_flow: ['id', 'facility_id', 'community_code', 'item_code', 'name', 'steps', 'published_on'],
    extended_hours: ['id', 'facility_id', 'community_code', 'kind', 'days', 'opens', 'closes'],
    kiosk: ['id', 'community_code', 'facility_id', 'location', 'online', 'functions', 'last_seen_at'],
  },
  async run({ load, seed }) {
    let serial = 0;
    for (const { id, number, community } of facilitiesOf('PARTY_SERVICE_CENTRE')) {
      const { code } = community;
      const random = randomFor(seed, 'service-centre', id);
      const [kind, name, description] = resources[serial % resources.length]!;
      const [flow, steps] = flows[serial % flows.length]!;
      serial++;
      load.row('service_resource', [`resource-${id}-1`, id, code, kind, name, description, '周一至周日 09:00-21:00']);
      load.row('service_flow', [`flow-${id}-1`, id, code, null, flow, steps, '2025-01-02']);
      if (random.chance(staggeredShare) || serial === 1) {
        load.row('extended_hours', [`${id}-STAGGERED`, id, code, 'STAGGERED', weekend, '09:00', '18:00']);
      }
      if (random.chance(extendedShare) || serial === 1) {
        load.row('extended_hours', [`${id}-EXTENDED`, id, code, 'EXTENDED', workdays, '18:00', '21:00']);
      }
      if (number === 1 && community.kind === 'RESIDENTS_COMMITTEE') {
        load.row('kiosk', [
          `kiosk-${code}-1`,
          code,
          id,
          '一楼服务大厅',
          serial === 1 || random.chance(onlineShare),
          ['CATALOGUE', 'APPLY', 'OWN_CASES', 'PRINT'],
          `${referenceDate}T01:00:00Z`,
        ]);
      }
      await load.flushIfFull();
    }
  },
});
