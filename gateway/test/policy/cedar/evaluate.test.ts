import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { EntityJson } from '@cedar-policy/cedar-wasm/nodejs';
import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import { departments } from '@linli/schema/departments';
import { schemaFile, supergraphFile } from '@linli/schema/files';
import { purposes } from '@linli/schema/purposes';
import { roles } from '@linli/schema/roles';
import { relations } from '@linli/schema/subject';
import fc from 'fast-check';
import { Evaluator } from '../../../src/policy/cedar/evaluate.js';
import type { CedarAction, Policies, Question } from '../../../src/policy/cedar/policies.js';
import { openPolicies } from '../../../src/policy/cedar/policies.js';
import { readPolicies } from '../../../src/policy/cedar/read.js';
import type { Classification, FieldClass } from '../../../src/supergraph/classification.js';
import { loadSupergraph } from '../../../src/supergraph/load.js';

let classification: Classification;
let policies: Policies;
let question: fc.Arbitrary<Question>;
beforeAll(async () => {
  ({ classification } = await loadSupergraph(supergraphFile, {}));
  policies = openPolicies(classification, schemaFile('policies'));
  question = fc.record({
    roles: fc.uniqueArray(fc.constantFrom(...roles), { minLength: 0, maxLength: 3 }),
    department: fc.option(fc.constantFrom(...departments), { nil: undefined }),
    action: fc.constantFrom('read' as const, 'read' as const, 'write' as const),
    field: fc.constantFrom(...classification.fields.filter(({ level }) => level !== 'L1')),
    relation: fc.constantFrom(...relations),
    minor: fc.boolean(),
    purpose: fc.option(fc.constantFrom(...purposes), { nil: undefined }),
    legalBasis: fc.boolean(),
    caseNumber: fc.boolean(),
    emergency: fc.boolean(),
  });
});

const entity = (type: string, id: string) => ({ type: `Linli::${type}`, id });
const reference = (type: string, id: string) => ({ __entity: entity(type, id) });

/** The obvious way: Cedar is given all policies, all entities and one request, and its decision counts. */
function cedarAllows(asked: Question, action: string): boolean {
  const { field, roles: held, department, relation, minor, purpose, legalBasis, caseNumber, emergency } = asked;
  const entities: EntityJson[] = [
    {
      uid: entity('Subject', 'somebody'),
      attrs: department === undefined ? {} : { department },
      parents: held.map((role) => entity('Role', role)),
    },
    {
      uid: entity('Field', field.coordinate),
      attrs: {
        level: reference('Level', field.level),
        sharing: field.sharing,
        sealed: field.sealed,
        departments: [...field.departments],
      },
      parents: [
        entity('Type', field.coordinate.split('.')[0]!),
        entity('Level', field.level),
        ...field.departments.map((each) => entity('Department', each)),
        ...field.interfaces.flatMap((each) => [entity('Field', each), entity('Type', each.split('.')[0]!)]),
      ],
    },
  ];
  const answer = statefulIsAuthorized({
    principal: entity('Subject', 'somebody'),
    action: entity('Action', action),
    resource: entity('Field', field.coordinate),
    context: {
      relation: reference('Relation', relation),
      minor,
      ...(purpose !== undefined && { purpose: reference('Purpose', purpose) }),
      legalBasis,
      caseNumber,
      emergency,
    },
    preparsedPolicySetId: 'all',
    entities,
  });
  if (answer.type === 'failure') throw new Error(answer.errors[0]?.message);
  return answer.response.decision === 'allow' && answer.response.diagnostics.errors.length === 0;
}

describe('decisions', () => {
  test('are those of Cedar asked in the obvious way', () => {
    const all = Object.fromEntries(policies.policies.map(({ id, text }) => [id, text]));
    expect(preparsePolicySet('all', { staticPolicies: all })).toEqual({ type: 'success' });
    fc.assert(
      fc.property(question, (asked) => {
        const expected =
          asked.action === 'write'
            ? cedarAllows(asked, 'write')
              ? 'ALLOW'
              : 'DENY'
            : cedarAllows(asked, 'read')
              ? 'ALLOW'
              : cedarAllows(asked, 'readMasked')
                ? 'MASK'
                : 'DENY';
        expect(policies.decide(asked).effect).toBe(expected);
      }),
      { numRuns: 1500 },
    );
  });

  test('are the same for fields of equal likeness', () => {
    const alike = new Map<number, FieldClass[]>();
    for (const field of classification.fields) {
      const likeness = policies.likeness(field);
      alike.set(likeness, [...(alike.get(likeness) ?? []), field]);
    }
    fc.assert(
      fc.property(question, fc.nat(), (asked, which) => {
        const others = alike.get(policies.likeness(asked.field))!;
        const other = others[which % others.length]!;
        expect(policies.decide({ ...asked, field: other })).toEqual(policies.decide(asked));
      }),
      { numRuns: 1000 },
    );
  });

  test('are in one hearing what they are one by one, and so is whether there is any', () => {
    const list = ([false, true] as const).flatMap((emergency) =>
      [undefined, ...purposes].flatMap((purpose) =>
        relations.flatMap((relation) => [false, true].map((minor) => ({ emergency, purpose, relation, minor }))),
      ),
    );
    const cases = { name: 'all', list };
    fc.assert(
      fc.property(question, (asked) => {
        const hearing = policies.hear(asked);
        const effects = list.map((each) => hearing.effect(each));
        expect(effects).toEqual(list.map((each) => policies.decide({ ...asked, ...each }).effect));
        const ever = (action: CedarAction) => hearing.isEverAllowed(action, cases);
        if (asked.action === 'write') expect(ever('write')).toBe(effects.includes('ALLOW'));
        else {
          expect(ever('read')).toBe(effects.includes('ALLOW'));
          expect(ever('read') || ever('readMasked')).toBe(effects.some((effect) => effect !== 'DENY'));
        }
        const shown = asked.action === 'write' ? ever('write') : ever('read') || ever('readMasked');
        const permitted = (['read', 'readMasked', 'write'] as const).some((action) =>
          hearing.isEverPermitted(action, cases),
        );
        if (shown) expect(permitted).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('are the same when Cedar was asked ahead', () => {
    const fields = classification.fields.filter(({ level }) => level !== 'L1');
    const fresh = openPolicies(classification, {
      'common.cedar': readFileSync(schemaFile('policies/common.cedar'), 'utf8'),
    });
    const asked = openPolicies(classification, {
      'common.cedar': readFileSync(schemaFile('policies/common.cedar'), 'utf8'),
    });
    let cases = 0;
    for (const _ of asked.askAhead()) cases += 1;
    expect(cases).toBeGreaterThan(1000);
    fc.assert(
      fc.property(question, fc.constantFrom(...fields), (each, field) => {
        expect(asked.decide({ ...each, field })).toEqual(fresh.decide({ ...each, field }));
      }),
      { numRuns: 500 },
    );
  });

  test('name the policies that made them', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const { effect, by } = policies.decide(asked);
        const effects = by.map((id) => policies.policies.find((policy) => policy.id === id)?.effect);
        if (by.includes('default-deny')) expect({ effect, by }).toEqual({ effect: 'DENY', by: ['default-deny'] });
        else expect(new Set(effects)).toEqual(new Set([effect === 'DENY' ? 'forbid' : 'permit']));
      }),
      { numRuns: 500 },
    );
  });
});

describe('a small set of policies', () => {
  const base = {
    roles: ['resident'],
    action: 'read' as const,
    relation: 'self' as const,
    minor: false,
    legalBasis: false,
    caseNumber: false,
    emergency: false,
  };
  const permit = '@id("t.all") @why("准") @owner("hub") permit (principal, action == Linli::Action::"read", resource);';
  const decide = (text: string, field: Partial<FieldClass> = {}, asked: Partial<Question> = {}) => {
    const { policies: read, problems } = readPolicies({ 't.cedar': text }, ['hub']);
    expect(problems).toEqual([]);
    const whole = { ...classification.of('Resident', 'name'), ...field };
    return new Evaluator(read).decide({ ...base, ...asked, field: whole });
  };

  test('without any that permits, denies', () => {
    expect(decide('')).toEqual({ effect: 'DENY', by: ['default-deny'] });
  });

  test('a forbid that cannot be evaluated forbids', () => {
    const forbid =
      '@id("t.no") @why("禁") @owner("hub") forbid (principal, action, resource) when { principal.department == "health" };';
    expect(decide(permit + forbid)).toEqual({ effect: 'DENY', by: ['t.no'] });
    expect(decide(permit + forbid, {}, { department: 'housing' }).effect).toBe('ALLOW');
  });

  test('a policy may look for the department of its subject among those of the field, or for any', () => {
    const own = permit.replace(
      ';',
      ' when { principal has department && resource.departments.contains(principal.department) };',
    );
    const { policies: read } = readPolicies({ 't.cedar': own }, ['hub']);
    expect(read[0]!.reads).toMatchObject({ ownDepartment: true, principal: [], resource: [] });
    const evaluator = new Evaluator(read);
    const field = (...departments: string[]) => ({ ...classification.of('Resident', 'name'), departments });
    const effect = (department: string | undefined, whose: FieldClass) =>
      evaluator.decide({ ...base, department, field: whose }).effect;
    for (const whose of [field('health'), field('housing', 'health')]) {
      expect([undefined, 'housing', 'health', 'education'].map((department) => effect(department, whose))).toEqual([
        'DENY',
        whose.departments.includes('housing') ? 'ALLOW' : 'DENY',
        'ALLOW',
        'DENY',
      ]);
    }
    const any = permit.replace(';', ' when { principal has department };');
    expect(decide(any).effect).toBe('DENY');
    expect(decide(any, {}, { department: 'education' }).effect).toBe('ALLOW');
  });

  test('and in a way of its own, which tells departments apart', () => {
    const text = permit.replace(
      ';',
      ' when { principal has department && ["health"].contains(principal.department) };',
    );
    expect(decide(text, {}, { department: 'health' }).effect).toBe('ALLOW');
    expect(decide(text, { departments: ['housing'] }, { department: 'housing' }).effect).toBe('DENY');
    const other = permit.replace(';', ' when { resource.departments.contains("health") };');
    expect(decide(other, { departments: ['housing'] }, { department: 'housing' }).effect).toBe('DENY');
    expect(decide(other, { departments: ['health'] }, { department: 'housing' }).effect).toBe('ALLOW');
  });

  test('a permit that cannot be evaluated does not permit', () => {
    const text = permit.replace(';', ' when { principal.department == "health" };');
    expect(decide(text)).toEqual({ effect: 'DENY', by: ['default-deny'] });
    expect(decide(text, {}, { department: 'health' }).effect).toBe('ALLOW');
  });

  test('what is forbidden in full may be shown masked', () => {
    const text = `@id("t.masked") @why("脱敏") @owner("hub") permit (principal, action == Linli::Action::"readMasked", resource);
      @id("t.no") @why("禁") @owner("hub") forbid (principal, action == Linli::Action::"read", resource);`;
    expect(decide(permit + text)).toEqual({ effect: 'MASK', by: ['t.masked'] });
  });

  test('a policy on a field of an interface holds on the fields that implement it', () => {
    const forbid =
      '@id("t.no") @why("禁") @owner("hub") forbid (principal, action, resource in Linli::Field::"Person.name");';
    expect(decide(permit + forbid, { interfaces: ['Person.name'] })).toEqual({ effect: 'DENY', by: ['t.no'] });
    expect(decide(permit + forbid).effect).toBe('ALLOW');
  });

  test('a policy that handles the field in a way of its own is asked for each field', () => {
    const text = permit.replace(';', ' when { [Linli::Field::"Resident.name"].contains(resource) };');
    expect(decide(text).effect).toBe('ALLOW');
    expect(decide(text, { coordinate: 'Resident.phone' }).effect).toBe('DENY');
  });

  describe("with Federation's @policy on a field", () => {
    const vip =
      '@id("t.vip") @why("条件") @owner("hub") permit (principal in Linli::Role::"teacher", action == Linli::Action::"read", resource);';

    test('needs one of the sets of policies, complete', () => {
      expect(decide(permit + vip, { policies: [['t.vip']] })).toEqual({ effect: 'DENY', by: ['t.vip'] });
      expect(decide(permit + vip, { policies: [['t.vip', 't.all']] }).effect).toBe('DENY');
      expect(decide(permit + vip, { policies: [['t.vip'], ['t.all']] }).effect).toBe('ALLOW');
      expect(decide(permit + vip, { policies: [['t.vip']] }, { roles: ['teacher'] }).effect).toBe('ALLOW');
    });

    test('and a policy that does not exist is never satisfied', () => {
      expect(decide(permit, { policies: [['t.gone']] })).toEqual({ effect: 'DENY', by: ['t.gone'] });
    });
  });
});
