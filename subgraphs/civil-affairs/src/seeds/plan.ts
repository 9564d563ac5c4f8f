import { defineSeed } from '@linli/kit/seeding/seed';
import { plan } from '@linli/schema/plan';
import { serviceItemCode, serviceItems } from './service-items.js';

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
      load.row('service_item', [serviceItemCode(i), name, category, workingDays, workingDays <= 10]);
    }
  },
});
