import { problemOf, readDeclarations, type DeclaredSetting } from '@linli/schema/declared-setting';
import { StartError } from '../errors.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** What a department declares in its `settings.json`, with the values that the environment gives them. */
export interface OwnSettings {
  number(name: string): number;
  /** The path of a file; undefined where none is set. */
  file(name: string): string | undefined;
}

/**
 * Reads and checks a department's own settings. An empty variable counts as not set.
 *
 * @param file the department's `settings.json`
 * @throws StartError naming the variable and what it should hold
 */
export function ownSettings(file: URL, env: Environment): OwnSettings {
  const declared = readDeclarations(file);
  for (const setting of declared) {
    const value = env[setting.name];
    const problem = value ? problemOf(setting, value) : undefined;
    if (problem !== undefined) throw new StartError(`The setting ${setting.name} is wrong: it ${problem}.`);
  }
  const declaration = <Kind extends DeclaredSetting['kind']>(name: string, kind: Kind) => {
    const found = declared.find((setting) => setting.name === name && setting.kind === kind);
    if (!found) throw new Error(`${name} is not declared as a ${kind} in ${file.pathname}.`);
    return found as Extract<DeclaredSetting, { kind: Kind }>;
  };
  return {
    number(name) {
      const { default: usual } = declaration(name, 'number');
      return env[name] ? Number(env[name]) : usual;
    },
    file: (name) => env[declaration(name, 'file').name] || undefined,
  };
}
