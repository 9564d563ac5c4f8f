import type { Cell } from '@linli/kit/seeding/bulk-loader';
import { defineSeed } from '@linli/kit/seeding/seed';
import { assistanceOf, assistanceTables, leadOf } from './assistance.js';
import { ElderSeed, elderTables } from './elders.js';
import { VolunteerSeed, volunteerTables } from './volunteers.js';
import { WorkSeed, workTables } from './work.js';

/** People's welfare in the made-up city: who is assisted, cared for, volunteers, looks for work; in one pass over it. */
export const welfarePeopleSeed = defineSeed({
  name: 'welfare-people',
  tables: { ...assistanceTables, ...elderTables, ...volunteerTables, ...workTables },
  async run({ load, seed, households }) {
    type Tables = typeof assistanceTables & typeof elderTables & typeof volunteerTables & typeof workTables;
    const put = (table: keyof Tables, cells: readonly Cell[]) => load.row(table, cells);
    const elders = new ElderSeed(seed, put);
    const volunteers = new VolunteerSeed(seed, put);
    const work = new WorkSeed(seed, put);
    for (const household of households()) {
      for (const member of household.members) {
        assistanceOf(member, household, seed, put);
        elders.add(member, household);
        volunteers.add(member, household);
        work.add(member, household);
      }
      leadOf(household, seed, put);
      await load.flushIfFull();
    }
    elders.finish();
    volunteers.finish();
    work.finish();
  },
});
