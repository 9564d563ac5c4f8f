import type { Action } from '@linli/gateway/policy/cedar/question';
import type { Role } from '@linli/schema/roles';
import { roles } from '@linli/schema/roles';
import type { Cell, MatrixRow } from './matrix.js';
import type { Language } from './words.js';
import { effectWord, relationWords, roleTitle, word } from './words.js';

/** The matrix as text: for each field, each role that sees something of it, and in which rows. */
export function matrixText(rows: readonly MatrixRow[], language: Language): string {
  return rows
    .map(({ field, action, cells }) => {
      const zh = language === 'zh';
      const writes = action === 'write';
      const lines = roles.flatMap((role) => roleLine(role, action, cells.get(role), language));
      const nobody = zh ? `  任何人都不得${writes ? '写入' : '读取'}` : '  nobody';
      const title = `${field.coordinate}  [${field.level} ${field.sharing}]${writes ? (zh ? '  写入' : '  write') : ''}`;
      return [title, ...(lines.length ? lines : [nobody])].join('\n');
    })
    .join('\n\n');
}

function roleLine(
  role: Role,
  action: Action,
  cells: ReadonlyMap<string, readonly Cell[]> | undefined,
  language: Language,
): string[] {
  if (!cells?.size) return [];
  const parts = [...cells].map(([relation, tiers]) => {
    const effects = tiers.map((cell) => `${effectWord(cell.effect, action, language)}${marks(cell)}`);
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
  const lines = ['coordinate,level,sharing,sealed,role,relation,effect,purpose,needs,less_of_minors,policies,action'];
  for (const { field, action, cells } of rows) {
    for (const [role, byRelation] of cells) {
      for (const [relation, tiers] of byRelation) {
        for (const { effect, purpose = '', needs, lessOfMinors, policies } of tiers) {
          const { coordinate, level, sharing, sealed } = field;
          const values = [coordinate, level, sharing, sealed, role, relation, effect, purpose, needs, lessOfMinors];
          lines.push([...values, policies.join(' '), action].join());
        }
      }
    }
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** The matrix as JSON. */
export function matrixJson(rows: readonly MatrixRow[]): unknown {
  return rows.map(({ field: { coordinate, level, sharing, sealed }, action, cells }) => ({
    coordinate,
    action,
    level,
    sharing,
    sealed,
    roles: Object.fromEntries([...cells].flatMap(([role, by]) => (by.size ? [[role, Object.fromEntries(by)]] : []))),
  }));
}
