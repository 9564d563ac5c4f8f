import { beforeAll, describe, expect, test } from '@jest/globals';
import { defaultBulkLimits } from '@linli/gateway/policy/bulk';
import { openPolicies } from '@linli/gateway/policy/cedar/policies';
import { Emergencies } from '@linli/gateway/policy/emergency';
import { openPolicy } from '@linli/gateway/policy/policy';
import { operationLoader } from '@linli/gateway/operation/load';
import { defaultLimits } from '@linli/gateway/operation/limits';
import { loadSupergraph } from '@linli/gateway/supergraph/load';
import { contractOf, isPage } from '@linli/kit/testing/contract';
import { argumentValue } from '@linli/kit/testing/lists';
import type { ScopeCaller, ScopeCheck } from '@linli/kit/testing/scope-check';
import { relationsTo } from '@linli/kit/testing/scoped-rows';
import { departments as names } from '@linli/schema/departments';
import { schemaFile, supergraphFile } from '@linli/schema/files';
import { roles } from '@linli/schema/roles';
import { Kind } from 'graphql';
import { exportJWK, generateKeyPair } from 'jose';
import { askers, standingOf, type Asker } from './direct-calls/askers.js';
import { hubDepartments, sign, type HubDepartment } from './direct-calls/departments.js';
import { Judge } from './direct-calls/judge.js';
import { openNestedCheck, type NestedCheck } from './direct-calls/nested.js';

interface Opened {
  readonly department: HubDepartment;
  readonly check: ScopeCheck;
  readonly nested: NestedCheck;
}

let departments: Opened[];
let all: Asker[];
let callersOf: (department: HubDepartment) => Promise<Map<string, ScopeCaller>>;

/**
 * What a department can tell about somebody and rows of some types: one of them does not depend on who asks where it is
 * for everybody or for nobody.
 */
function statementOf({ subject, standing, scope }: ScopeCaller, types: readonly string[]): string {
  const stated = types.map((type) => scope[type] ?? []);
  const named = stated
    .flatMap((listed) => ('adults' in listed ? [...listed.adults, ...listed.minors] : listed))
    .some((relation) => relation !== 'none');
  return JSON.stringify(named ? [stated, subject, standing] : [stated]);
}

/** Callers by their names, with those as one of whom a department is told the same about rows of some types. */
function alike(callers: ReadonlyMap<string, ScopeCaller>, types: readonly string[]): Map<string, ScopeCaller> {
  const groups = new Map<string, { names: string[]; callers: ScopeCaller[] }>();
  for (const [name, caller] of callers) {
    const statement = statementOf(caller, types);
    const group = groups.get(statement) ?? { names: [], callers: [] };
    groups.set(statement, group);
    group.names.push(name);
    group.callers.push(caller);
  }
  return new Map([...groups.values()].map((group) => [group.names.join(', '), together(group.callers)]));
}

/** Somebody who stands for several, about whose rows the policies must say the same. */
function together(callers: readonly ScopeCaller[]): ScopeCaller {
  return {
    ...callers[0]!,
    maySee: (type, row) => {
      const verdicts = new Set(callers.map((caller) => caller.maySee(type, row)));
      if (verdicts.size > 1)
        throw new Error(`The policies tell callers apart over ${type} ${row.key}, the scope does not.`);
      return verdicts.has(true);
    },
  };
}

beforeAll(async () => {
  const supergraph = await loadSupergraph(supergraphFile, {});
  const policies = openPolicies(supergraph.classification, schemaFile('policies'));
  const judge = new Judge(supergraph, policies);
  const found = hubDepartments();
  const civilAffairs = found.find(({ name }) => name === 'civil-affairs')!;
  const policy = openPolicy(supergraph, {
    policies,
    standingOf: (subject) => standingOf(subject, civilAffairs),
    emergencies: new Emergencies(() => undefined),
    bulkLimits: defaultBulkLimits,
    loaderOf: (schema) => operationLoader(schema, defaultLimits),
  });
  const callerOf = async ({ actor, asked }: Asker, department: HubDepartment): Promise<ScopeCaller> => {
    const authority = await policy.authorityOf(actor);
    const { subject, standing, declaration } = authority;
    return {
      subject,
      standing,
      scope: authority.scopeOf(department.name),
      purpose: declaration.purpose,
      maySee: (type, row) => judge.shows(asked, type, relationsTo(row, { subject, standing })),
    };
  };
  callersOf = async (department) => {
    const callers = new Map<string, ScopeCaller>();
    for (const asker of all) callers.set(asker.name, await callerOf(asker, department));
    return callers;
  };
  departments = await Promise.all(
    found.map(async (department) => {
      const check = await department.check();
      return { department, check, nested: await openNestedCheck(department, check) };
    }),
  );
  all = await askers();
}, 60_000);

test('askers hold every role, and departments are all there', () => {
  expect([...new Set(all.flatMap(({ asked }) => asked.roles))].sort()).toEqual(
    expect.arrayContaining([...roles].sort()),
  );
  expect(departments.map(({ department }) => department.name).sort()).toEqual([...names].sort());
});

test('`me` is a resident of whom the policies show something to themselves, and otherwise nobody', async () => {
  const { department, check } = departments.find((each) => each.department.name === 'civil-affairs')!;
  for (const caller of alike(await callersOf(department), ['Resident']).values()) {
    const { subject, standing, scope } = caller;
    const { data, errors } = await department.query('{ me { id } }', {}, { subject, standing, scope });
    const row = check.rows.get('Resident')!.find(({ key }) => key === subject.residentId);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ me: row && caller.maySee('Resident', row) ? { id: row.key } : null });
  }
});

/** Root fields about whoever asks; each has its use above, or its test beside its department. */
const ofTheCaller = ['me', 'standing', 'disclosuresOfMe'];

describe.each(names)('called past the gateway, %s', (name) => {
  let opened: Opened;
  let callers: ReadonlyMap<string, ScopeCaller>;
  beforeAll(async () => {
    opened = departments.find(({ department }) => department.name === name)!;
    callers = await callersOf(opened.department);
  });

  /**
   * Mistakes by the name of the asker who saw them, of whom there should be none.
   * @param find asks as a caller for rows of some types
   * @param together types that are asked for at once
   */
  async function mistakesOf(
    find: (caller: ScopeCaller, types: readonly string[]) => Promise<string[]>,
    together: readonly (readonly string[])[] = opened.check.types.map((type) => [type]),
  ): Promise<Record<string, string[]>> {
    const found: Record<string, string[]> = {};
    const ask = async ([who, caller, types]: [string, ScopeCaller, readonly string[]]) => {
      const mistakes = await find(caller, types);
      if (mistakes.length > 0) found[who] = [...(found[who] ?? []), ...mistakes];
    };
    const waiting = together.flatMap((types) =>
      [...alike(callers, types)].map((who): [string, ScopeCaller, readonly string[]] => [...who, types]),
    );
    // A few at a time: a department is one process, and a connection that waits for it too long is given up.
    const lane = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await ask(next);
    };
    await Promise.all(Array.from({ length: 4 }, lane));
    return found;
  }

  test('shows everybody in lists and by key the rows of which the policies show them something, and no others', async () => {
    expect(await mistakesOf((caller, types) => opened.check.rootMistakes(caller, types))).toEqual({});
  }, 300_000);

  test('finds for everybody the entities of which the policies show them something, and no others', async () => {
    expect(await mistakesOf((caller, types) => opened.check.entityMistakes(caller, types))).toEqual({});
  }, 300_000);

  test('shows everybody below others the rows of which the policies show them something, and no others', async () => {
    expect(await mistakesOf((caller) => opened.nested.mistakes(caller), [opened.check.types])).toEqual({});
  }, 300_000);

  test('answers every root field that leads to no scoped rows, or to all, alike, whoever asks', async () => {
    const { fieldsOf, enums } = contractOf(name);
    const open = fieldsOf('Query')
      .filter((field) => ![...opened.check.roots, ...ofTheCaller].includes(field.name.value))
      .map((field) => {
        const given = (field.arguments ?? []).filter(({ type }) =>
          isPage(field) ? type.kind === Kind.NON_NULL_TYPE : true,
        );
        const values = given.map((each) => `${each.name.value}: ${argumentValue(each, enums) ?? '"x"'}`);
        const called = `${field.name.value}${values.length > 0 ? `(${values.join(', ')})` : ''}`;
        return `${called} { ${isPage(field) ? 'totalCount' : '__typename'} }`;
      });
    expect(open.length).toBeGreaterThan(0);
    const answers = await Promise.all(
      [...alike(callers, opened.check.types).values()].map(({ subject, standing, scope }) =>
        opened.department.query(`{ ${open.join(' ')} }`, {}, { subject, standing, scope }),
      ),
    );
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ status: 200 });
    // A text of a form of its own (a quarter, a month) is none that a test can make up, for nobody.
    for (const { extensions } of answers[0]!.errors ?? []) expect(extensions?.code).toBe('BAD_USER_INPUT');
  });

  test('answers nobody without an assertion of the gateway that is made for it and still good', async () => {
    const { department } = opened;
    const { subject, standing, scope } = [...callers.values()][0]!;
    const caller = { subject, standing, scope };
    const other = names.find((each) => each !== name)!;
    const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
    const good = await sign(name, caller);
    const [head, , signature] = good.split('.');
    const more = Buffer.from(JSON.stringify({ ...caller, aud: name })).toString('base64url');
    const refused = {
      missing: undefined,
      'not one': 'x',
      forged: await sign(name, caller, { key: { ...(await exportJWK(privateKey)), kid: 'forged' } }),
      'with other claims': `${head}.${more}.${signature}`,
      expired: await sign(name, caller, { claims: { exp: Math.floor(Date.now() / 1000) - 60 } }),
      'for another department': await sign(other, caller),
      'without a scope': await sign(name, { subject, standing }),
    };
    for (const [why, assertion] of Object.entries(refused)) {
      expect([why, (await department.send('{ __typename }', assertion)).status]).toEqual([why, 401]);
    }
    expect((await department.send('{ __typename }', good)).status).toBe(200);
  });
});
