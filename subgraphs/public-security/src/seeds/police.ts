import { facilitiesOf } from '@linli/kit/population/facilities';
import { householdSurname, personName } from '@linli/kit/population/names';
import { opaqueId, randomFor } from '@linli/kit/population/random';
import { defineSeed } from '@linli/kit/seeding/seed';
import { geography } from '@linli/schema/geography';
import { plan } from '@linli/schema/plan';

/** 社区民警: the plan's number of community police officers in 2020. */
const officerFact = 'f15';
/** Share of officers on duty at a time, beside the first of each community, who always is. A default, not a figure. */
const onDutyShare = 0.3;

/** Badges run through a million numbers in an order that tells neither place nor seniority, each once. */
function badge(serial: number): string {
  return `例${String((serial * 387_917 + 104_729) % 1_000_000).padStart(6, '0')}`;
}

/**
 * Police posts as the facility register has them, and officers in the plan's number. Officers are spread evenly: with
 * `total` of them over `n` communities in code order, community i gets ⌈(i+1)·total/n⌉ − ⌈i·total/n⌉. They work from
 * the community's post, where it has one.
 */
export const policeSeed = defineSeed({
  name: 'police',
  tables: {
    police_post: ['id', 'name', 'opening_hours', 'community_code'],
    community_officer: ['id', 'name', 'badge', 'on_duty', 'community_code', 'post_id'],
  },
  async run({ load, seed }) {
    const posts = new Map<string, string>();
    for (const { id, name, community } of facilitiesOf('POLICE_POST')) {
      load.row('police_post', [id, name, '全天', community.code]);
      if (!posts.has(community.code)) posts.set(community.code, id);
    }
    const total = plan.facts.find((fact) => fact.id === officerFact)!.value;
    const { communities } = geography;
    let serial = 0;
    for (const [i, { code }] of communities.entries()) {
      const here = Math.ceil(((i + 1) * total) / communities.length) - Math.ceil((i * total) / communities.length);
      for (let number = 1; number <= here; number++) {
        const random = randomFor(seed, 'officer', code, number);
        load.row('community_officer', [
          opaqueId('o', code, number),
          personName(random, householdSurname(random)),
          badge(serial++),
          number === 1 || random.chance(onDutyShare),
          code,
          posts.get(code) ?? null,
        ]);
      }
      await load.flushIfFull();
    }
  },
});
