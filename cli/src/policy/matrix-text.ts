import type { Role } from '@linli/schema/roles';
import { roles } from '@linli/schema/roles';
import type { Cell, MatrixRow } from './matrix.js';
import type { Language } from './words.js';
import { effectWords, relationWords, roleTitle, word } from './words.js';

/** The matrix as text: for each field, each role that sees something of it, and in which rows. */
export function matrixText(rows: readonly MatrixRow[], language: Language): string {
  return rows
    .map(({ field, cells }) => {
      const lines = roles.flatMap((role) => roleLine(role, cells.get(role), language));
      const nobody = language === 'zh' ? '  任何人都不得读取' : '  nobody';
      return [`${field.coordinate}  [${field.level} ${field.sharing}]`, ...(lines.length ? lines : [nobody])].join(
        '\n',
      );
    })
    .join('\n\n');
}

function roleLine(role: Role, cells: ReadonlyMap<string, readonly Cell[]> | undefined, language: Language): string[] {
  if (!cells?.size) return [];
  const parts = [...cells].map(([relation, tiers]) => {
    const effects = tiers.map((cell) => `${word(effectWords, cell.effect, language)}${marks(cell)}`);
    return `${word(relationWords, relation, language)} ${effects.join(language === 'zh' ? '、' : ' or ')}`;
  });
  return [`  ${roleTitle(role, language)}: ${parts.join(language === 'zh' ? '，' : ', ')}`];
}

/** What has to be declared for a cell, and whether it is less for minors, as marks. */
export function marks({ needs, lessOfMinors }: Cell): string {
  return `${needs === 'nothing' ? '' : needs === 'emergency' ? '!' : '*'}${lessOfMinors ? '†' : ''}`;
}

/** What the marks of a matrix mean. */
export function legend(language: Language): string {
  return language === 'zh'
    ? '* 须说明法定职责与事项编号  ! 仅限紧急访问  † 行内为不满十四周岁未成年人时所见更少'
    : '* with a legal basis and a case number  ! break-glass access only  † less in rows about somebody under 14';
}

/** The matrix as CSV (RFC 4180), a line for each role, field and relation of which something is seen. */
export function matrixCsv(rows: readonly MatrixRow[]): string {
  const lines = ['coordinate,level,sharing,sealed,role,relation,effect,purpose,needs,less_of_minors,policies'];
  for (const { field, cells } of rows) {
    for (const [role, byRelation] of cells) {
      for (const [relation, tiers] of byRelation) {
        for (const { effect, purpose = '', needs, lessOfMinors, policies } of tiers) {
          const { coordinate, level, sharing, sealed } = field;
          const values = [coordinate, level, sharing, sealed, role, relation, effect, purpose, needs, lessOfMinors];
          lines.push([...values, policies.join(' ')].join());
        }
      }
    }
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** The matrix as JSON. */
export function matrixJson(rows: readonly MatrixRow[]): unknown {
  return rows.map(({ field: { coordinate, level, sharing, sealed }, cells }) => ({
    coordinate,
    level,
    sharing,
    sealed,
    roles: Object.fromEntries([...cells].flatMap(([role, by]) => (by.size ? [[role, Object.fromEntries(by)]] : []))),
  }));
}
