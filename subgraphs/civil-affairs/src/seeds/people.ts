import type { SyntheticHousehold, SyntheticResident } from '@linli/kit/population/households';
import { randomFor } from '@linli/kit/population/random';
import { communityWorkerOfCase, handlersOf, socialWorkerOf } from '@linli/kit/population/staff';
import { defineSeed } from '@linli/kit/seeding/seed';
import type { ServiceCaseState } from '../generated/graphql.js';
import { drawAppeal } from './appeal-draft.js';
import { moment } from './calendar.js';
import { reportColumns, reportOf } from './child-protection.js';

const caseStates: ServiceCaseState[] = ['APPLIED', 'SUPPLEMENT_NEEDED', 'HANDLING', 'DECIDED'];

/** Share of households with an open or past service case. */
const caseShare = 0.12;

/** Who handles what a household asks for: a community worker, and the applicant's own social worker. */
function handlersOfCase(applicant: SyntheticResident, home: SyntheticHousehold): string[] {
  const worker = communityWorkerOfCase(home.communityCode, home.id);
  const social = socialWorkerOf(applicant, home);
  return social === null ? [worker] : [worker, social];
}

/** The synthetic residents and households, with some service cases and child-protection reports of theirs. */
export const peopleSeed = defineSeed({
  name: 'people',
  tables: {
    household: ['id', 'community_code', 'size', 'member_ids', 'handlers'],
    resident: [
      'id',
      'name',
      'sex',
      'birth_date',
      'phone',
      'household_role',
      'household_id',
      'community_code',
      'lives_alone',
      'mobility_impaired',
      'handlers',
    ],
    service_case: ['id', 'item_code', 'applicant_id', 'state', 'applied_at', 'community_code', 'handlers'],
    child_protection_report: reportColumns,
  },
  async run({ load, seed, households }) {
    for (const household of households()) {
      const { index, id, communityCode, members } = household;
      const handlers = new Set<string>();
      for (const member of members) {
        const report = reportOf(member, household, seed);
        if (report) load.row('child_protection_report', report.cells);
        const own = [...new Set([...handlersOf(member, household), ...(report?.handlers ?? [])])];
        for (const staff of own) handlers.add(staff);
        load.row('resident', [
          member.id,
          member.name,
          member.sex,
          member.birthDate,
          member.phone,
          member.role,
          id,
          communityCode,
          members.length === 1,
          member.mobilityImpaired,
          own,
        ]);
      }
      load.row('household', [id, communityCode, members.length, members.map((member) => member.id), [...handlers]]);
      const random = randomFor(seed, 'services', index);
      // Drawn before the cases, as it always was, so that these stay what they are; the seed "appeals" keeps it.
      drawAppeal(household, random);
      // The demo family always has one, so that examples show something.
      if (index === 0 || random.chance(caseShare)) {
        load.row('service_case', [
          `C${String(index).padStart(8, '0')}`,
          `S${String(random.int(1, 24)).padStart(3, '0')}`,
          members[0]!.id,
          random.pick(caseStates),
          moment(random).toISOString(),
          communityCode,
          handlersOfCase(members[0]!, household),
        ]);
      }
      await load.flushIfFull();
    }
  },
});
