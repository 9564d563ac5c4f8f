import { minorUntil } from '@linli/kit/minor';
import { householdSurname, personName } from '@linli/kit/population/names';
import { opaqueId, randomFor } from '@linli/kit/population/random';
import { communityWorkerOfCase } from '@linli/kit/population/staff';
import { defineSeed } from '@linli/kit/seeding/seed';
import { geography } from '@linli/schema/geography';
import type { MediationKind, MediationState } from '../generated/graphql.js';
import { dayBefore, minutesBefore } from './calendar.js';

const matters: Record<MediationKind, string> = {
  NEIGHBOURS: '示例：楼上漏水，对维修费用有争议',
  FAMILY: '示例：兄弟姐妹对赡养费用有争议',
  TENANCY: '示例：退租时押金未退还',
  PROPERTY_SERVICE: '示例：对停车位管理有争议',
  WAGES: '示例：离职后加班费未结清',
  CONSUMPTION: '示例：预付卡商户停业，要求退款',
};
const mediationKinds = Object.keys(matters) as MediationKind[];
const mediationStates: MediationState[] = ['REQUESTED', 'ACCEPTED', 'SETTLED', 'SETTLED', 'FAILED'];
/** Made-up share of households with a mediation; and one in the demo family. */
const mediationShare = 0.004;

/** An adviser and a legally versed person for every community, mediations, and a consultation of the demo user. */
export const lawSeed = defineSeed({
  name: 'law',
  tables: {
    legal_helper: ['id', 'kind', 'name', 'organization', 'weekdays', 'community_code'],
    legal_consultation: ['id', 'day', 'time', 'topic', 'state', 'adviser_id', 'resident_id', 'community_code'],
    mediation: [
      'id',
      'kind',
      'state',
      'requested_at',
      'concluded_on',
      'matter',
      'agreement',
      'requester_id',
      'community_code',
      'handlers',
      'minor_until',
    ],
  },
  async run({ load, seed, households }) {
    for (const { code, committee } of geography.communities) {
      const random = randomFor(seed, 'legal-helper', code);
      const person = () => personName(random, householdSurname(random));
      const firm = `${householdSurname(random)}例律师事务所`;
      load.row('legal_helper', [`legal-adviser-${code}`, 'ADVISER', person(), firm, ['2', '4'], code]);
      load.row('legal_helper', [`legally-versed-${code}`, 'LEGALLY_VERSED', person(), committee, [], code]);
      await load.flushIfFull();
    }
    for (const { index, id, communityCode, members } of households()) {
      const random = randomFor(seed, 'mediation', index);
      const demo = index === 0;
      if (!random.chance(mediationShare) && !demo) continue;
      const [requester] = members;
      const kind = demo ? 'NEIGHBOURS' : random.pick(mediationKinds);
      const state = demo ? 'SETTLED' : random.pick(mediationStates);
      const days = random.int(40, 300);
      const over = state === 'SETTLED' || state === 'FAILED';
      load.row('mediation', [
        opaqueId('m', index),
        kind,
        state,
        minutesBefore(days * 24 * 60).toISOString(),
        over ? dayBefore(days - random.int(3, 30)) : null,
        matters[kind],
        state === 'SETTLED' ? '示例：双方达成一致，费用各承担一半' : null,
        requester!.id,
        communityCode,
        [communityWorkerOfCase(communityCode, id)],
        minorUntil(requester!),
      ]);
      if (!demo) continue;
      load.row('legal_consultation', [
        opaqueId('q', index),
        dayBefore(25),
        '14:30',
        'HOUSING',
        'BOOKED',
        `legal-adviser-${communityCode}`,
        requester!.id,
        communityCode,
      ]);
    }
  },
});
