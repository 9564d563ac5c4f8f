import type { CedarValueJson, EntityJson } from '@cedar-policy/cedar-wasm/nodejs';
import type { FieldClass } from '../../supergraph/classification.js';
import { uid, uidText } from './uid.js';

const ancestors = new WeakMap<FieldClass, ReadonlySet<string>>();

/** Everything a field is in, itself included: `Linli::Type::"Resident"`, `Linli::Level::"L3"`, its departments … */
export function fieldIsIn(field: FieldClass): ReadonlySet<string> {
  let found = ancestors.get(field);
  if (!found) {
    found = new Set([uidText(uid('Field', field.coordinate)), ...parentsOf(field).map(uidText)]);
    ancestors.set(field, found);
  }
  return found;
}

/** A field as a Cedar entity, with the attributes and parents that the Cedar schema declares. */
export function fieldEntity(field: FieldClass): EntityJson {
  return { uid: uid('Field', field.coordinate), attrs: fieldAttributes(field), parents: parentsOf(field) };
}

export function fieldAttributes(field: FieldClass): Record<string, CedarValueJson> {
  return {
    level: { __entity: uid('Level', field.level) },
    sharing: field.sharing,
    sealed: field.sealed,
    departments: [...field.departments],
  };
}

/** A subject as a Cedar entity: never who it is, only its roles and its department. */
export function subjectEntity(roles: readonly string[], department: string | undefined): EntityJson {
  return {
    uid: uid('Subject', 'subject'),
    attrs: department === undefined ? {} : { department },
    parents: roles.map((role) => uid('Role', role)),
  };
}

function parentsOf({ coordinate, level, departments, interfaces }: FieldClass) {
  return [
    uid('Type', typeOf(coordinate)),
    uid('Level', level),
    ...departments.map((department) => uid('Department', department)),
    ...interfaces.flatMap((each) => [uid('Field', each), uid('Type', typeOf(each))]),
  ];
}

function typeOf(coordinate: string): string {
  return coordinate.slice(0, coordinate.indexOf('.'));
}
