import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';

/** A setting that one department reads from its environment, beside those that all of them have. Never a secret. */
export type DeclaredSetting = {
  /** The environment variable: `LINLI_` and capitals. */
  readonly name: string;
  /** What it says, for people. */
  readonly meaning: string;
} & (
  | { readonly kind: 'number'; readonly least: number; readonly most: number; readonly default: number }
  /** The path of a file; what is in it only the department knows. */
  | { readonly kind: 'file' }
);

const keys = {
  number: ['default', 'kind', 'least', 'meaning', 'most', 'name'],
  file: ['kind', 'meaning', 'name'],
};

/**
 * Reads what a department declares, from the `settings.json` beside its package.json.
 *
 * @returns nothing where there is no such file
 * @throws Error naming the file and the entry that is not a declaration
 */
export function readDeclarations(file: string | URL): DeclaredSetting[] {
  if (!existsSync(file)) return [];
  const entries: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(entries)) throw new Error(`${String(file)} must hold a list of settings.`);
  const declared = entries.map((entry: unknown, i) => {
    if (!isDeclaration(entry)) throw new Error(`Entry ${i} of ${String(file)} does not declare a setting.`);
    return entry;
  });
  const twice = declared.find(({ name }, i) => declared.findIndex((other) => other.name === name) !== i);
  if (twice) throw new Error(`${String(file)} declares ${twice.name} twice.`);
  return declared;
}

function isDeclaration(entry: unknown): entry is DeclaredSetting {
  if (typeof entry !== 'object' || entry === null) return false;
  const { name, meaning, kind, least, most, default: usual } = entry as Record<string, unknown>;
  if (typeof name !== 'string' || !/^LINLI_[A-Z][A-Z0-9_]*$/.test(name)) return false;
  if (typeof meaning !== 'string' || meaning === '' || (kind !== 'number' && kind !== 'file')) return false;
  if (Object.keys(entry).sort().join() !== keys[kind].join()) return false;
  if (kind === 'file') return true;
  return [least, usual, most].every(Number.isSafeInteger) && least! <= usual! && usual! <= most!;
}

/** What a value should be, as “must be …”; undefined where it is. */
export function problemOf(setting: DeclaredSetting, value: string): string | undefined {
  if (setting.kind === 'file') return isReadable(value) ? undefined : 'must be the path of a file that can be read';
  const { least, most } = setting;
  const right = /^-?\d{1,15}$/.test(value) && Number(value) >= least && Number(value) <= most;
  return right ? undefined : `must be a whole number from ${least} to ${most}`;
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
