import { minorUntil } from '@linli/kit/minor';
import type { SyntheticHousehold, SyntheticResident } from '@linli/kit/population/households';
import { opaqueId, randomFor } from '@linli/kit/population/random';
import { communityWorkerOfCase, socialWorkerOfCase } from '@linli/kit/population/staff';
import type { Cell } from '@linli/kit/seeding/bulk-loader';
import type { ChildProtectionKind, ChildProtectionState } from '../generated/graphql.js';
import { moment } from './calendar.js';

/** What a report says; every text shows that it is an example. */
const summaries: Record<ChildProtectionKind, string> = {
  LACK_OF_CARE: '示例：放学后长时间无人照料',
  DOMESTIC_VIOLENCE: '示例：邻居多次听到打骂声',
  ABUSE: '示例：身上有不明伤痕，需要核实',
  OTHER: '示例：多日未到校，需要走访',
};
const kinds = Object.keys(summaries) as ChildProtectionKind[];
const states: ChildProtectionState[] = ['REPORTED', 'ASSESSING', 'PROTECTED', 'CLOSED'];
const reporters = ['示例小学班主任', '示例社康机构医生', '示例邻居'];

/** Made-up share of children about whom somebody reported, and of reports after which the guardians are suspended. */
const reportShare = 0.012;
const suspendedShare = 0.4;

/** Columns of a report, as `reportOf` fills them. */
export const reportColumns = [
  'id',
  'child_id',
  'community_code',
  'kind',
  'summary',
  'reporter',
  'reported_at',
  'state',
  'guardian_suspended',
  'minor_until',
  'handlers',
] as const;

export interface SeededReport {
  /** The children's director of the community and a social worker, who also handle the child from then on. */
  handlers: string[];
  cells: Cell[];
}

/** A report about a child, for few children; in the demo family for the youngest, whose parents stay guardians. */
export function reportOf(person: SyntheticResident, home: SyntheticHousehold, seed: number): SeededReport | null {
  if (person.role !== 'CHILD' || person.age >= 18) return null;
  const random = randomFor(seed, 'child-protection', person.id);
  const demo = person.id === 'demo-toddler';
  const reported = random.chance(reportShare);
  if (home.index === 0 ? !demo : !reported) return null;
  const { communityCode } = home;
  const kind = demo ? 'LACK_OF_CARE' : random.pick(kinds);
  const handlers = [socialWorkerOfCase(communityCode, person.id), communityWorkerOfCase(communityCode, person.id)];
  const cells = [
    opaqueId('n', person.id),
    person.id,
    communityCode,
    kind,
    summaries[kind],
    random.chance(0.8) ? random.pick(reporters) : null,
    moment(random).toISOString(),
    demo ? 'ASSESSING' : random.pick(states),
    !demo && random.chance(suspendedShare),
    minorUntil(person),
    handlers,
  ];
  return { handlers, cells };
}
