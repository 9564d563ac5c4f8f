import { minorUntil } from '@linli/kit/minor';
import type { SyntheticHousehold, SyntheticResident } from '@linli/kit/population/households';
import { opaqueId, randomFor } from '@linli/kit/population/random';
import { policeHandlerOf } from '@linli/kit/population/staff';
import type { Cell } from '@linli/kit/seeding/bulk-loader';
import { defineSeed } from '@linli/kit/seeding/seed';
import type { PermitApplicationState, PermitGround } from '../generated/graphql.js';
import { dayBefore, minutesBefore } from './calendar.js';
import { correctionOf } from './cases.js';
import { kindOf } from './register.js';

/** Made-up shares of grown-ups who are aided after their release, and of those without 户籍 with an application. */
const aidedShare = 0.001;
const applicationShare = 0.02;
const states: PermitApplicationState[] = ['SUBMITTED', 'APPROVED', 'APPROVED', 'REJECTED'];
const grounds: PermitGround[] = ['EMPLOYMENT', 'HOME', 'STUDY'];

/** An application for a residence permit; the demo user's was granted. */
function applicationOf(person: SyntheticResident, home: SyntheticHousehold, seed: number): Cell[] | null {
  const random = randomFor(seed, 'permit-application', person.id);
  const demo = person.id === 'demo-resident';
  if (!demo && (person.age < 16 || kindOf(person) === 'HUKOU' || !random.chance(applicationShare))) return null;
  const state = demo ? 'APPROVED' : random.pick(states);
  const days = random.int(91, 120);
  const submitted = minutesBefore(days * 24 * 60).toISOString();
  const decided = state === 'SUBMITTED' ? null : minutesBefore((days - 10) * 24 * 60).toISOString();
  const reason = state === 'REJECTED' ? '示例：居住登记未满半年' : null;
  return [
    opaqueId('x', person.id),
    'ISSUE',
    demo ? 'HOME' : random.pick(grounds),
    state,
    submitted,
    decided,
    reason,
    person.id,
    home.communityCode,
    [policeHandlerOf(home.communityCode, home.id)],
    minorUntil(person),
    state === 'SUBMITTED' ? person.id : null,
  ];
}

/** What goes on with people whom the police look after or who apply to it: visits, released persons' aid, applications. */
export const followUpSeed = defineSeed({
  name: 'follow-up',
  tables: {
    correction_case: ['id', 'kind', 'starts_on', 'ends_on', 'person_id', 'community_code', 'handlers', 'minor_until'],
    correction_visit: [
      'id',
      'kind',
      'outcome',
      'visited_on',
      'note',
      'case_id',
      'person_id',
      'community_code',
      'handlers',
      'minor_until',
    ],
    permit_application: [
      'no',
      'kind',
      'ground',
      'state',
      'submitted_at',
      'decided_at',
      'reason',
      'applicant_id',
      'community_code',
      'handlers',
      'minor_until',
      'open_for',
    ],
  },
  async run({ load, seed, households }) {
    for (const home of households()) {
      const { communityCode } = home;
      for (const person of home.members) {
        const handlers = [policeHandlerOf(communityCode, person.id)];
        const visit = (caseId: string, aided: boolean) =>
          load.row('correction_visit', [
            opaqueId('u', caseId),
            aided ? 'AID' : 'REPORT',
            aided ? 'HELPED' : 'COMPLIANT',
            dayBefore(randomFor(seed, 'correction-visit', caseId).int(1, 9)),
            aided ? '示例：介绍就业岗位' : '示例：按期报到，情况正常',
            caseId,
            person.id,
            communityCode,
            handlers,
            minorUntil(person),
          ]);
        const correction = correctionOf(person, home, seed);
        if (correction) visit(String(correction[0]), false);
        const random = randomFor(seed, 'released-aid', person.id);
        if (home.index > 0 && person.age >= 18 && random.chance(aidedShare)) {
          const caseId = opaqueId('k', person.id, 'aid');
          const started = random.int(20, 300);
          const [from, to] = [dayBefore(started), dayBefore(started - 3 * 365)];
          load.row('correction_case', [caseId, 'RELEASED_AID', from, to, person.id, communityCode, handlers, null]);
          visit(caseId, true);
        }
        const application = applicationOf(person, home, seed);
        if (application) load.row('permit_application', application);
      }
      await load.flushIfFull();
    }
  },
});
