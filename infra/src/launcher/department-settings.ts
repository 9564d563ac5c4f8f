import { join } from 'node:path';
import { problemOf, readDeclarations, type DeclaredSetting } from '@linli/schema/declared-setting';
import { departments, type Department } from '@linli/schema/departments';
import { repository } from './home.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Settings that departments declare, handed on to each of them as they are, and to nobody else. */
export type DepartmentSettings = Readonly<Record<Department, Readonly<Record<string, string>>>>;

/** What each department of this repository declares in its `settings.json`. */
export function declaredSettings(folder = join(repository, 'subgraphs')): Record<Department, DeclaredSetting[]> {
  const each = departments.map((name) => [name, readDeclarations(join(folder, name, 'settings.json'))] as const);
  return Object.fromEntries(each) as Record<Department, DeclaredSetting[]>;
}

/**
 * The values that an environment gives to declared settings, and what is wrong with them: one line each.
 *
 * @param others variables that have another reader: a declaration of theirs would hand a department what is not its own,
 * such as a secret, and is wrong itself
 */
export function readDepartmentSettings(
  declared: Readonly<Record<Department, readonly DeclaredSetting[]>>,
  env: Environment,
  others: readonly string[],
): { readonly settings: DepartmentSettings; readonly problems: readonly string[] } {
  const problems = new Set<string>();
  const settings = departments.map((department) => {
    const own = declared[department].flatMap((setting) => {
      const { name } = setting;
      const value = env[name];
      if (others.includes(name)) problems.add(`${name} cannot be a setting of ${department}: it is one of the hub`);
      if (!value) return [];
      const problem = problemOf(setting, value);
      if (problem !== undefined) problems.add(`${name} ${problem} (it is ${JSON.stringify(value)})`);
      return [[name, value] as const];
    });
    return [department, Object.fromEntries(own)] as const;
  });
  return { settings: Object.fromEntries(settings) as DepartmentSettings, problems: [...problems] };
}
