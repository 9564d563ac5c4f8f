import { minorUntil } from '@linli/kit/minor';
import type { SyntheticHousehold, SyntheticResident } from '@linli/kit/population/households';
import { opaqueId, randomFor, type Random } from '@linli/kit/population/random';
import { policeHandlerOf } from '@linli/kit/population/staff';
import type { Cell } from '@linli/kit/seeding/bulk-loader';
import { defineSeed } from '@linli/kit/seeding/seed';
import { geography } from '@linli/schema/geography';
import type { CorrectionKind, IncidentKind, IncidentState } from '../generated/graphql.js';
import { dayBefore, minutesBefore, shenzhenDay } from './calendar.js';

/** What is written of an incident; every text shows that it is an example. */
const summaries: Record<IncidentKind, string> = {
  DISPUTE: '示例：邻里因噪声争执，民警到场调解',
  THEFT: '示例：停放在楼下的电动自行车被盗',
  FRAUD: '示例：接到冒充客服的来电后转账',
  TRAFFIC: '示例：小区出入口车辆刮擦',
  DOMESTIC_VIOLENCE: '示例：家庭成员之间发生肢体冲突',
  MISSING_PERSON: '示例：家人报警称老人外出未归，已找回',
};
const incidentKinds = Object.keys(summaries) as IncidentKind[];
const incidentStates: IncidentState[] = ['RECEIVED', 'HANDLING', 'CLOSED', 'CLOSED', 'CLOSED'];
const correctionKinds: CorrectionKind[] = ['COMMUNITY_CORRECTION', 'DRUG_REHABILITATION', 'DRUG_RECOVERY'];

/** Made-up shares of households with an incident, and of grown-ups under correction or in rehabilitation. */
const incidentShare = 0.02;
const correctionShare = 0.002;

const streetNames = new Map(
  geography.streets.map(({ code, name, districtId }) => {
    const district = geography.districts.find(({ id }) => id === districtId)!;
    return [code, `深圳市${district.name}${name}`];
  }),
);

/** An incident in some households, with one or two of their members as parties; one in the demo family. */
function incidentOf(home: SyntheticHousehold, random: Random): Cell[] | null {
  const demo = home.index === 0;
  if (!random.chance(incidentShare) && !demo) return null;
  const { communityCode, members } = home;
  const parties = members.slice(0, random.chance(0.3) ? 2 : 1);
  const kind = demo ? 'TRAFFIC' : random.pick(incidentKinds);
  const reported = minutesBefore(random.int(60, 365 * 24 * 60));
  const minors = parties.map((party) => minorUntil(party)).filter((day) => day !== null);
  return [
    `J${shenzhenDay(reported)}-${opaqueId('j', home.index)}`,
    kind,
    demo ? 'CLOSED' : random.pick(incidentStates),
    reported.toISOString(),
    `${streetNames.get(communityCode.slice(0, 9))!}示例路${random.int(1, 300)}号`,
    summaries[kind],
    parties.map(({ id }) => id),
    communityCode,
    [policeHandlerOf(communityCode, home.id)],
    minors.sort().at(-1) ?? null,
  ];
}

/** The correction or rehabilitation of somebody grown up; of the demo user's, so that its sealing can be shown. */
export function correctionOf(person: SyntheticResident, home: SyntheticHousehold, seed: number): Cell[] | null {
  const random = randomFor(seed, 'correction', person.id);
  const drawn = person.age >= 18 && random.chance(correctionShare);
  if (home.index === 0 ? person.id !== 'demo-resident' : !drawn) return null;
  const started = random.int(10, 300);
  return [
    opaqueId('k', person.id),
    home.index === 0 ? 'COMMUNITY_CORRECTION' : random.pick(correctionKinds),
    dayBefore(started),
    dayBefore(started - random.int(365, 1095)),
    person.id,
    home.communityCode,
    [policeHandlerOf(home.communityCode, person.id)],
    minorUntil(person),
  ];
}

/** Incidents, and community correction and drug rehabilitation: few, all made up, each with an officer who handles it. */
export const casesSeed = defineSeed({
  name: 'cases',
  tables: {
    incident: [
      'id',
      'kind',
      'state',
      'reported_at',
      'location',
      'summary',
      'party_ids',
      'community_code',
      'handlers',
      'minor_until',
    ],
    correction_case: ['id', 'kind', 'starts_on', 'ends_on', 'person_id', 'community_code', 'handlers', 'minor_until'],
  },
  async run({ load, seed, households }) {
    for (const home of households()) {
      const incident = incidentOf(home, randomFor(seed, 'incident', home.index));
      if (incident) load.row('incident', incident);
      for (const person of home.members) {
        const correction = correctionOf(person, home, seed);
        if (correction) load.row('correction_case', correction);
      }
      await load.flushIfFull();
    }
  },
});
