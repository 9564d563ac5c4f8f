import { syntheticCreditCode } from '@linli/kit/identifiers/synthetic';
import { minorUntil } from '@linli/kit/minor';
import type { SyntheticHousehold, SyntheticResident } from '@linli/kit/population/households';
import { opaqueId, randomFor } from '@linli/kit/population/random';
import { defineSeed } from '@linli/kit/seeding/seed';
import { geography } from '@linli/schema/geography';
import type { CreditSector, LicenceKind } from '../generated/graphql.js';
import { dataAssets } from './data-assets.js';
import { organizations } from './organizations.js';

const issuers: Record<LicenceKind, string> = {
  RESIDENCE_PERMIT: '示例公安分局',
  HOUSEHOLD_REGISTER: '示例公安分局',
  SOCIAL_SECURITY_CARD: '示例社会保险局',
  DISABILITY_CERTIFICATE: '示例残疾人联合会',
  ELDER_CARD: '示例民政局',
  MARRIAGE_CERTIFICATE: '示例婚姻登记处',
  TENANCY_FILING: '示例住房建设局',
  BIRTH_CERTIFICATE: '示例医院',
};

const sectors: [CreditSector, string][] = [
  ['ELDER_CARE', '示例养老服务公司'],
  ['CHILD_CARE', '示例托育服务公司'],
  ['DOMESTIC_SERVICE', '示例家政服务公司'],
  ['PROPERTY', '示例物业服务公司'],
];

/** Made-up share of people with an electronic licence in the hub; of the demo family everybody has one. */
const licenceShare = 0.06;

function licenceOf({ age, role }: SyntheticResident): LicenceKind {
  if (age < 7) return 'BIRTH_CERTIFICATE';
  if (age >= 60) return 'ELDER_CARD';
  return role === 'HEAD' ? 'RESIDENCE_PERMIT' : 'SOCIAL_SECURITY_CARD';
}

/** Columns of the drawing of the city: communities lie in it by their codes, street after street. */
const columns = 30;

/** Licences and consents, credit of providers, the schematic map, and the catalogue of data that the contracts make. */
export const baseDataSeed = defineSeed({
  name: 'base-data',
  tables: {
    licence: ['id', 'kind', 'holder_id', 'community_code', 'number', 'issuer', 'valid_from', 'valid_to', 'minor_until'],
    licence_consent: ['id', 'holder_id', 'community_code', 'licence_id', 'item_code', 'given_at', 'minor_until'],
    credit_record: [
      'id',
      'credit_code',
      'name',
      'organization_id',
      'community_code',
      'sector',
      'year',
      'grade',
      'basis',
    ],
    spatial_unit: ['community_code', 'column', 'row'],
    data_asset: [
      'id',
      'department',
      'name',
      'type',
      'base',
      'source',
      'steward',
      'stage',
      'level',
      'sharing',
      'open_class',
      'fields',
    ],
  },
  async run({ load, seed, households }) {
    const registered = new Map([...organizations()].map((each) => [each.id, each]));
    for (const [i, { code, name }] of geography.communities.entries()) {
      load.row('spatial_unit', [code, i % columns, Math.floor(i / columns)]);
      if (i % 3 !== 0) continue;
      const random = randomFor(seed, 'credit', code);
      const [sector, title] = sectors[(i / 3) % sectors.length]!;
      const organization = sector === 'ELDER_CARE' ? registered.get(`social-service-${code}-1`) : undefined;
      load.row('credit_record', [
        `credit-${code}-2024`,
        organization?.creditCode ?? syntheticCreditCode('91', 500_000_000 + i),
        organization?.name ?? `${name}${title}`,
        organization?.id ?? null,
        code,
        sector,
        2024,
        random.pick(['A', 'A', 'B', 'B', 'C', 'D']),
        '示例：年度信用评价',
      ]);
    }

    let serial = 0;
    const licence = (person: SyntheticResident, home: SyntheticHousehold, kind: LicenceKind) => {
      const id = opaqueId('l', person.id, kind);
      const { communityCode } = home;
      const number = `例44999${String(++serial).padStart(12, '0')}`;
      const until = kind === 'RESIDENCE_PERMIT' ? '2028-06-29' : null;
      const minor = minorUntil(person);
      load.row('licence', [id, kind, person.id, communityCode, number, issuers[kind], '2025-01-15', until, minor]);
      if (home.index === 0 && person.role === 'HEAD') {
        load.row('licence_consent', [
          opaqueId('k', id),
          person.id,
          communityCode,
          id,
          'S009',
          '2025-02-01T02:00:00Z',
          minor,
        ]);
      }
    };
    for (const home of households()) {
      for (const person of home.members) {
        if (home.index === 0 || randomFor(seed, 'licence', person.id).chance(licenceShare)) {
          licence(person, home, licenceOf(person));
        }
      }
      await load.flushIfFull();
    }
    for (const asset of dataAssets()) {
      const { id, department, name, type, base, source, steward, level, sharing, openClass, fields } = asset;
      load.row('data_asset', [
        id,
        department,
        name,
        type,
        base,
        source,
        steward,
        'IN_USE',
        level,
        sharing,
        openClass,
        fields,
      ]);
    }
  },
});
