import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { departments } from '@linli/schema/departments';
import { purposes } from '@linli/schema/purposes';
import { roles } from '@linli/schema/roles';
import { relations } from '@linli/schema/subject';
import { parse } from 'yaml';
import { z } from 'zod';
import { badCases } from '../errors.js';

const oneOrMore = <T extends z.ZodType>(item: T) =>
  z
    .union([item, z.array(item).nonempty()])
    .transform((value): z.infer<T>[] => (Array.isArray(value) ? value : [value]));

const given = {
  /** Role or roles. */
  as: oneOrMore(z.enum(roles)),
  department: z.enum(departments),
  for: z.enum(purposes),
  declares: oneOrMore(z.enum(['legal-basis', 'case-number', 'emergency'])),
  /** Relation or relations; each of several is decided for itself and must give the same. */
  row: oneOrMore(z.enum(relations)),
  minor: z.boolean(),
  action: z.enum(['read', 'write']),
};

const partial = z.strictObject(given).partial();
const effects = z.string().regex(/^(ALLOW|MASK|DENY)( by [a-z0-9.-]+(, [a-z0-9.-]+)*)?$/, {
  error: 'must be ALLOW, MASK or DENY, and may go on "by" the ids of policies',
});

const caseFile = z.strictObject({
  title: z.string(),
  /** Holds for every case that says nothing else. */
  given: partial.default({}),
  cases: z.array(
    z.strictObject({ ...partial.shape, name: z.string().optional(), expect: z.record(z.string(), effects) }),
  ),
});

/** One expectation about some fields of a row. */
export interface PolicyCase {
  readonly file: string;
  readonly title: string;
  readonly number: number;
  readonly name: string | undefined;
  readonly roles: readonly string[];
  readonly department: string | undefined;
  readonly purpose: string | undefined;
  readonly declares: readonly string[];
  readonly relations: readonly (typeof relations)[number][];
  readonly minor: boolean;
  /** Undefined: what is done by selecting the field, to write for those of `Mutation` and to read for others. */
  readonly action: 'read' | 'write' | undefined;
  readonly expect: Readonly<Record<string, string>>;
}

/** Reads every `*.yaml` of a folder. Throws a CliError that lists what is not as it should be. */
export function readCases(folder: string): PolicyCase[] {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  } catch (cause) {
    throw badCases([`The folder ${folder} cannot be read.`], { cause });
  }
  const problems: string[] = [];
  const cases = names.sort().flatMap((file) => {
    try {
      const read = caseFile.parse(parse(readFileSync(join(folder, file), 'utf8')));
      return read.cases.map((each, index): PolicyCase => {
        const all = { ...read.given, ...each };
        return {
          file,
          title: read.title,
          number: index + 1,
          name: each.name,
          roles: all.as ?? [],
          department: all.department,
          purpose: all.for,
          declares: all.declares ?? [],
          relations: all.row ?? ['none'],
          minor: all.minor ?? false,
          action: all.action,
          expect: each.expect,
        };
      });
    } catch (error) {
      problems.push(`${file}: ${error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message}`);
      return [];
    }
  });
  if (problems.length > 0) throw badCases(problems);
  return cases;
}
