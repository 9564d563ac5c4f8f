import { randomFor } from '@linli/kit/population/random';
import { handlersOf } from '@linli/kit/population/staff';
import { defineSeed } from '@linli/kit/seeding/seed';
import { drawAppeal } from './appeal-draft.js';
import { reportColumns, reportOf } from './child-protection.js';
import { serviceCaseOf, serviceCaseTables } from './service-cases.js';

/** Share of households with an open or past service case. */
const caseShare = 0.12;

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
    ...serviceCaseTables,
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
        for (const [table, cells] of serviceCaseOf(household, random)) load.row(table, cells);
      }
      await load.flushIfFull();
    }
  },
});
