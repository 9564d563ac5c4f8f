import { defineSeed } from '@linli/kit/seeding/seed';
import type { LicenceKind, ServiceCategory } from '../generated/graphql.js';
import { serviceItemCode, serviceItems } from './service-items.js';

type Material = [name: string, required: boolean, licence: LicenceKind | null];

/** Every application names who applies; what else is asked depends on the kind of service. Made up, not the city's lists. */
const identity: Material = ['身份与居住证明', true, 'RESIDENCE_PERMIT'];
const materials: Record<ServiceCategory, Material[]> = {
  SOCIAL_ASSISTANCE: [identity, ['家庭经济状况声明', true, null], ['残疾人证', false, 'DISABILITY_CERTIFICATE']],
  EMPLOYMENT: [identity, ['社会保障卡', true, 'SOCIAL_SECURITY_CARD']],
  SOCIAL_SECURITY: [identity, ['社会保障卡', true, 'SOCIAL_SECURITY_CARD']],
  HEALTH: [identity],
  CULTURE_EDUCATION: [identity],
  PUBLIC_SECURITY: [
    ['户口簿', true, 'HOUSEHOLD_REGISTER'],
    ['租赁备案凭证', false, 'TENANCY_FILING'],
  ],
  LEGAL_AID: [identity, ['案情说明', true, null]],
  CARE: [identity, ['老年人优待证', false, 'ELDER_CARD'], ['服务需求说明', true, null]],
  HOUSING: [identity, ['租赁备案凭证', false, 'TENANCY_FILING']],
};

const conditions: Record<ServiceCategory, string[]> = {
  SOCIAL_ASSISTANCE: ['在本市居住', '家庭经济状况符合规定'],
  EMPLOYMENT: ['在法定劳动年龄内', '有就业意愿'],
  SOCIAL_SECURITY: ['在本市居住或就业'],
  HEALTH: ['在本市居住'],
  CULTURE_EDUCATION: ['在本市居住'],
  PUBLIC_SECURITY: ['在本市居住'],
  LEGAL_AID: ['有需要帮助的法律事项'],
  CARE: ['在本市居住', '有照护需求'],
  HOUSING: ['在本市居住'],
};

/** Proofs (证明事项) that committees were asked for, and what is done instead where they no longer are. Examples. */
const proofs: [name: string, category: ServiceCategory, replacement: string | null][] = [
  ['居住情况证明', 'PUBLIC_SECURITY', '以居住证或居住登记信息代替，由受理部门核验电子证照。'],
  ['亲属关系证明', 'PUBLIC_SECURITY', '以居民户口簿、出生医学证明代替，由受理部门核验电子证照。'],
  ['无业证明', 'EMPLOYMENT', '由人力资源部门核查就业登记，申办人作告知承诺即可。'],
  ['家庭困难证明', 'SOCIAL_ASSISTANCE', '由民政部门核对家庭经济状况，无须居委会证明。'],
  ['参加社区志愿服务证明', 'CULTURE_EDUCATION', null],
  ['居民参加社区活动证明', 'CULTURE_EDUCATION', null],
];

/** What the services of the catalogue ask for, and the proofs of committees, kept or cleared away (证明清理). */
export const serviceCatalogueSeed = defineSeed({
  name: 'service-catalogue',
  tables: {
    service_item: ['code', 'name', 'category', 'working_days', 'citywide', 'kind', 'admission', 'replacement'],
    service_material: ['id', 'item_code', 'name', 'required', 'licence_kind'],
    service_condition: ['id', 'item_code', 'text'],
  },
  run({ load }) {
    for (const [i, [category]] of serviceItems.entries()) {
      const code = serviceItemCode(i);
      for (const [m, [name, required, licence]] of materials[category].entries()) {
        load.row('service_material', [`${code}-M${m + 1}`, code, name, required, licence]);
      }
      for (const [c, text] of conditions[category].entries())
        load.row('service_condition', [`${code}-${c + 1}`, code, text]);
    }
    for (const [i, [name, category, replacement]] of proofs.entries()) {
      const code = `P${String(i + 1).padStart(3, '0')}`;
      const admission = replacement === null ? 'ADMITTED' : 'REMOVED';
      load.row('service_item', [code, name, category, 3, false, 'PROOF', admission, replacement]);
      load.row('service_material', [`${code}-M1`, code, identity[0], true, identity[2]]);
    }
    return Promise.resolve();
  },
});
