import { syntheticCreditCode } from '@linli/kit/identifiers/synthetic';
import { geography } from '@linli/schema/geography';
import { plan } from '@linli/schema/plan';
import type { OrganizationKind } from '../generated/graphql.js';

const titles: Record<OrganizationKind, string> = {
  ASSOCIATION: '邻里互助协会',
  SOCIAL_SERVICE: '社会工作服务中心',
  FOUNDATION: '社区基金会',
  FILED_GROUP: '居民兴趣小组',
  VOLUNTEER_GROUP: '志愿服务队',
};

/** Registering authority and kind in a credit code: 51 association, 52 social service, 53 foundation. */
const registrars: Partial<Record<OrganizationKind, string>> = {
  ASSOCIATION: '51',
  SOCIAL_SERVICE: '52',
  FOUNDATION: '53',
};

/** Kinds in the order in which a community founds them. */
const kinds: OrganizationKind[] = ['FILED_GROUP', 'SOCIAL_SERVICE', 'ASSOCIATION', 'FILED_GROUP', 'FOUNDATION'];

export interface SyntheticOrganization {
  readonly id: string;
  readonly name: string;
  readonly kind: OrganizationKind;
  /** Its 统一社会信用代码; null where it is filed with the street alone. */
  readonly creditCode: string | null;
  readonly communityCode: string;
  /** Which of its kind it is in its community, from 1. */
  readonly number: number;
}

function factValue(id: string): number {
  return plan.facts.find((fact) => fact.id === id)!.value;
}

/** How many of a total fall to position i of n by even spreading. */
function share(total: number, i: number, n: number): number {
  return Math.floor(((i + 1) * total) / n) - Math.floor((i * total) / n);
}

/** Organisations of every community, in the numbers of the plan's 2020 facts, spread evenly. */
export function* organizations(): Generator<SyntheticOrganization> {
  const { communities } = geography;
  let serial = 0;
  for (const [i, { code, name }] of communities.entries()) {
    const others = share(factValue('f23'), i, communities.length);
    const volunteers = share(factValue('f24'), i, communities.length);
    const counts = new Map<OrganizationKind, number>();
    for (let k = 0; k < others + volunteers; k++) {
      const kind = k < others ? kinds[k % kinds.length]! : 'VOLUNTEER_GROUP';
      const number = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, number);
      const registrar = registrars[kind];
      serial++;
      yield {
        id: `${kind.toLowerCase().replaceAll('_', '-')}-${code}-${number}`,
        name: `${name}${number > 1 ? `第${number}` : ''}${titles[kind]}`,
        kind,
        creditCode: registrar ? syntheticCreditCode(registrar, serial) : null,
        communityCode: code,
        number,
      };
    }
  }
}
