import { defineSeed } from '@linli/kit/seeding/seed';
import { plan } from '@linli/schema/plan';
import type { ServiceCategory } from '../generated/graphql.js';

/** Names of services that the plan speaks of, with the time a case takes here, in working days (a default, not the plan's). */
const serviceItems: [ServiceCategory, string, number][] = [
  ['SOCIAL_ASSISTANCE', '最低生活保障申请', 15],
  ['SOCIAL_ASSISTANCE', '特困人员救助供养申请', 15],
  ['SOCIAL_ASSISTANCE', '临时救助申请', 5],
  ['EMPLOYMENT', '就业困难人员认定', 10],
  ['EMPLOYMENT', '失业登记', 3],
  ['EMPLOYMENT', '创业补贴申请', 15],
  ['SOCIAL_SECURITY', '灵活就业人员参保登记', 3],
  ['SOCIAL_SECURITY', '城乡居民养老保险待遇申领', 10],
  ['HEALTH', '家庭医生签约', 1],
  ['HEALTH', '家庭病床建床申请', 5],
  ['HEALTH', '严重精神障碍患者监护补助申请', 15],
  ['CULTURE_EDUCATION', '社区学校课程报名', 1],
  ['CULTURE_EDUCATION', '体育场地预订', 1],
  ['PUBLIC_SECURITY', '居住证申领', 15],
  ['PUBLIC_SECURITY', '居住登记', 1],
  ['LEGAL_AID', '法律援助申请', 5],
  ['LEGAL_AID', '人民调解申请', 5],
  ['CARE', '高龄老人津贴申领', 10],
  ['CARE', '居家养老服务补助申请', 15],
  ['CARE', '家庭适老化改造申请', 15],
  ['CARE', '普惠托育机构入托登记', 5],
  ['HOUSING', '房屋租赁备案', 3],
  ['HOUSING', '公共租赁住房申请', 20],
  ['HOUSING', '老旧小区改造意愿登记', 5],
];

/** The plan's indicators, quantities, facts and tasks as published, and the catalogue of services. */
export const planSeed = defineSeed({
  name: 'plan',
  tables: {
    indicator: [
      'no',
      'name',
      'unit',
      'value_2020',
      'value_2020_text',
      'target_2025',
      'target_2025_text',
      'binding',
      'source',
    ],
    plan_quantity: ['id', 'name', 'value', 'unit', 'comparator', 'year', 'scope', 'source'],
    plan_fact: ['id', 'name', 'value', 'unit', 'approximate', 'source'],
    plan_task: [
      'no',
      'title',
      'chapter',
      'section',
      'section_ref',
      'lead_departments',
      'departments',
      'department_confidence',
      'annex_text_garbled',
      'note',
    ],
    service_item: ['code', 'name', 'category', 'working_days', 'citywide'],
  },
  async run({ load }) {
    for (const each of plan.indicators) {
      load.row('indicator', [
        each.no,
        each.name,
        each.unit,
        each.value2020,
        each.value2020Text,
        each.target2025,
        each.target2025Text,
        each.binding,
        each.source,
      ]);
    }
    for (const each of plan.quantities) {
      const { id, name, value, unit, comparator, year, scope, source } = each;
      load.row('plan_quantity', [id, name, value, unit, comparator, year, scope, source]);
    }
    for (const { id, name, value, unit, approximate, source } of plan.facts) {
      load.row('plan_fact', [id, name, value, unit, approximate, source]);
    }
    for (const task of plan.tasks) {
      load.row('plan_task', [
        task.no,
        task.title,
        task.chapter,
        task.section,
        task.sectionRef,
        task.leadDepartments,
        task.departments,
        task.departmentConfidence.toUpperCase().replaceAll('-', '_'),
        task.annexTextGarbled,
        task.note,
      ]);
    }
    for (const [i, [category, name, workingDays]] of serviceItems.entries()) {
      load.row('service_item', [`S${String(i + 1).padStart(3, '0')}`, name, category, workingDays, workingDays <= 10]);
    }
  },
});
