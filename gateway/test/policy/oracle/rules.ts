import { roles } from '@linli/schema/roles';
import { purposes } from '@linli/schema/purposes';
import { relations } from '@linli/schema/subject';
import type { Random } from '../../support/random.js';
import { pickOne, randomInteger } from '../../support/random.js';

/** Roles that askers are drawn with; the others would seldom meet. */
export const somePeople = roles.filter((role) =>
  ['resident', 'guardian', 'grid-worker', 'family-doctor'].includes(role),
);

const entity = (kind: string, id: string) => `Linli::${kind}::"${id}"`;
const levels = ['L1', 'L2', 'L3', 'L4'];
const departments = ['civil-affairs', 'health'];
const reading = (names: readonly string[]) => names.map((name) => entity('Action', name)).join(', ');

/**
 * A file of random policies that Cedar's validator takes. Root fields are open to everybody, for behind a closed door
 * there is nothing to compare.
 *
 * @param coordinates fields that policies may name
 */
export function drawRules(random: Random, coordinates: readonly string[]): string {
  const count = randomInteger(random, 4, 9);
  const types = [...new Set(coordinates.map((coordinate) => coordinate.split('.')[0]!))];
  const concrete = coordinates.filter((coordinate) => !coordinate.startsWith('Named.'));
  const some = <T>(items: readonly T[]) =>
    Array.from({ length: randomInteger(random, 1, 3) }, () => pickOne(random, items));
  const scopes = [
    () => 'resource',
    () => `resource in ${entity('Level', pickOne(random, levels))}`,
    () => `resource in ${entity('Level', pickOne(random, levels))}`,
    () => `resource in ${entity('Type', pickOne(random, types))}`,
    () => `resource in ${entity('Department', pickOne(random, departments))}`,
    () => `resource in ${entity('Field', pickOne(random, coordinates))}`,
    // Of an interface's field, policies say "in".
    () => `resource == ${entity('Field', pickOne(random, concrete))}`,
  ];
  const relation = () => entity('Relation', pickOne(random, relations));
  const conditions = [
    () => `context.relation == ${relation()}`,
    () => `context.relation == ${relation()}`,
    () =>
      `[${some(relations)
        .map((each) => entity('Relation', each))
        .join(', ')}].contains(context.relation)`,
    () => `context.relation != ${relation()}`,
    () => 'context.minor',
    () => '!context.minor',
    () => 'context has purpose',
    () => `(context has purpose && context.purpose == ${entity('Purpose', pickOne(random, purposes))})`,
    () => `(context.legalBasis && ${pickOne(random, ['', '!'])}context.caseNumber)`,
    () => 'context.emergency',
    () => 'resource.sealed',
    () => `resource.sharing == "${pickOne(random, ['UNCONDITIONAL', 'CONDITIONAL', 'NONE'])}"`,
    () => `resource in ${entity('Level', pickOne(random, levels))}`,
    () =>
      `resource in [${some(coordinates)
        .map((each) => entity('Field', each))
        .join(', ')}]`,
    () => `principal in ${entity('Role', pickOne(random, somePeople))}`,
    () => '(principal has department && resource.departments.contains(principal.department))',
    // Where somebody is close, this is no number that Cedar knows, and the policy is in error.
    () => `9223372036854775807 + (if context.relation == ${relation()} then 1 else 0) > 0`,
  ];
  const clause = () =>
    some(conditions)
      .map((draw) => draw())
      .join(pickOne(random, [' && ', ' || ']));
  const rule = (i: number) => {
    const effect = random() < 0.75 ? 'permit' : 'forbid';
    const action = pickOne(random, [
      `action == ${entity('Action', 'read')}`,
      `action == ${entity('Action', 'readMasked')}`,
      `action in [${reading(['read', 'readMasked'])}]`,
      'action',
    ]);
    const principal = random() < 0.4 ? `principal in ${entity('Role', pickOne(random, somePeople))}` : 'principal';
    const when = random() < 0.75 ? `\nwhen { ${clause()} }` : '';
    const unless = random() < 0.3 ? `\nunless { ${clause()} }` : '';
    return `@id("common.rule-${i}") @why("测试") @owner("hub")
${effect} (${principal}, ${action}, ${pickOne(random, scopes)()})${when}${unless};`;
  };
  const door = `@id("common.door") @why("测试") @owner("hub")
permit (principal, action == ${entity('Action', 'read')}, resource in ${entity('Type', 'Query')});`;
  return [door, ...Array.from({ length: count }, (_, i) => rule(i))].join('\n');
}
