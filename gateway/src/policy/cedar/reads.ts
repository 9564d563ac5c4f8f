import type { Clause, EntityUidJson, Expr, TypeAndId } from '@cedar-policy/cedar-wasm/nodejs';
import type { ContextAttribute, Reads } from './policy.js';
import { contextAttributes } from './policy.js';
import { uidText } from './uid.js';

type Json = unknown;

/** An entity, whichever of its two JSON forms it has. */
export function entityOf(uid: EntityUidJson): TypeAndId {
  return '__entity' in uid ? uid.__entity : uid;
}

/** Finds out what conditions look at by walking their syntax tree. */
export function readsOf(conditions: readonly Clause[]): Reads {
  const context = new Set<ContextAttribute>();
  const attributes = { resource: new Set<string>(), principal: new Set<string>() };
  const named = new Set<string>();
  let wholeResource = false;
  let ownDepartment = false;

  const attribute = (variable: string, name: string): void => {
    if (variable === 'context') for (const each of contextAttributes) if (each === name) context.add(each);
    if (variable === 'resource' || variable === 'principal') attributes[variable].add(name);
  };
  const visit = (node: Json): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node !== 'object' || node === null) return;
    if ('__entity' in node) return void named.add(uidText(node.__entity as TypeAndId));
    for (const [operator, operands] of Object.entries(node)) {
      const left = variableOf((operands as { left?: Expr } | null)?.left);
      if (operator === 'Var') {
        // A variable that stands alone may be compared with anything.
        if (operands === 'context') contextAttributes.forEach((each) => context.add(each));
        if (operands === 'resource') wholeResource = true;
      } else if (looksForOwnDepartment(operator, operands)) ownDepartment = true;
      else if ((operator === '.' || operator === 'has') && left !== undefined) {
        const { attr } = operands as { attr: string | string[] };
        attribute(left, typeof attr === 'string' ? attr : attr[0]!);
      } else if (operator === 'is' && left !== undefined) visit((operands as { in?: Expr }).in);
      else if (['in', '==', '!='].includes(operator) && left !== undefined) {
        const { right } = operands as { right: Expr };
        if (left === 'context' || !isLiteral(right)) visit((operands as { left: Expr }).left);
        visit(right);
      } else visit(operands);
    }
  };
  visit(conditions.map(({ body }) => body));
  return {
    context: [...context],
    named: [...named],
    resource: [...attributes.resource],
    principal: [...attributes.principal],
    ownDepartment,
    wholeResource,
  };
}

/** Whether the subject has a department, or one that is among the field's: what more it may be, makes no difference. */
function looksForOwnDepartment(operator: string, operands: Json): boolean {
  const { left, right } = (operands ?? {}) as { left?: Expr; right?: Expr };
  if (operator === 'has') return variableOf(left) === 'principal' && attributeOf(operands) === 'department';
  return (
    operator === 'contains' &&
    isAttribute(left, 'resource', 'departments') &&
    isAttribute(right, 'principal', 'department')
  );
}

function isAttribute(expression: Expr | undefined, variable: string, name: string): boolean {
  const read = (expression as { '.'?: { left: Expr; attr: string } } | undefined)?.['.'];
  return read !== undefined && variableOf(read.left) === variable && attributeOf(read) === name;
}

function attributeOf(operands: Json): string | undefined {
  const { attr } = operands as { attr?: string | readonly string[] };
  return typeof attr === 'string' || attr === undefined ? attr : attr.length === 1 ? attr[0] : undefined;
}

function variableOf(expression: Expr | undefined): string | undefined {
  return expression && 'Var' in expression ? (expression.Var as string) : undefined;
}

function isLiteral(expression: Expr): boolean {
  if ('Value' in expression) return true;
  return 'Set' in expression && (expression as { Set: Expr[] }).Set.every(isLiteral);
}
