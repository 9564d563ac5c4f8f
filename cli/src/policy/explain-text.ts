import type { Action } from '@linli/gateway/policy/cedar/question';
import { departmentTitles } from '@linli/schema/departments';
import type { Circumstances, Explanation, Outcome } from './explain.js';
import type { Change } from './remedy.js';
import type { Viewer } from './viewer.js';
import type { Language } from './words.js';
import { effectWord, purposeWords, relationWords, roleTitle, word } from './words.js';

/** Who asks for what, in one line. */
export function headline(viewer: Viewer, circumstances: Circumstances, language: Language): string {
  const zh = language === 'zh';
  const who = viewer.roles.map((role) => roleTitle(role, language)).join(zh ? '、' : ', ');
  const titles: Readonly<Record<string, string>> = departmentTitles;
  const department = viewer.department === undefined ? '' : zh ? (titles[viewer.department] ?? '') : viewer.department;
  const { purpose, legalBasis, caseNumber, emergency, minor } = circumstances;
  const parts = zh
    ? [
        `身份：${who}${department && `（${department}）`}`,
        `用途：${purpose === undefined ? '未声明' : word(purposeWords, purpose, language)}`,
        ...(legalBasis ? ['已说明法定职责'] : []),
        ...(caseNumber ? ['已提供事项编号'] : []),
        ...(emergency ? ['紧急访问中'] : []),
        ...(minor ? ['行内为不满十四周岁未成年人'] : []),
      ]
    : [
        `As ${who}${department && ` (${department})`}`,
        `purpose: ${purpose === undefined ? 'none declared' : word(purposeWords, purpose, language)}`,
        ...(legalBasis ? ['legal basis stated'] : []),
        ...(caseNumber ? ['case number given'] : []),
        ...(emergency ? ['break-glass in force'] : []),
        ...(minor ? ['the row is about somebody under 14'] : []),
      ];
  return parts.join(zh ? '；' : '; ');
}

/** An explanation in words. */
export function explanationText({ field, action, outcomes, nearest }: Explanation, language: Language): string {
  const zh = language === 'zh';
  const { coordinate, level, sharing, mask, sealed } = field;
  const marks = [level, sharing, ...(mask ? [mask] : []), ...(sealed ? [zh ? '封存' : 'sealed'] : [])];
  const writes = action === 'write';
  const title = `${coordinate}  [${marks.join(' ')}]${writes ? (zh ? '  写入' : '  write') : ''}`;
  const lines = [title, ...outcomes.flatMap((each) => outcomeLines(each, action, language))];
  if (nearest === null) {
    lines.push(zh ? `  → 任何人都不得${writes ? '写入' : '读取'}` : `  → nobody may ${action} it`);
  }
  if (nearest) {
    const changes = nearest.map((change) => changeText(change, language)).join(zh ? '，并' : ' and ');
    const [then, would] = writes ? ['即可写入', 'written'] : ['即可见明文', 'shown in full'];
    lines.push(zh ? `  → 如${changes}，${then}` : `  → it would be ${would} with ${changes}`);
  }
  return lines.join('\n');
}

function outcomeLines({ effect, relations, policies }: Outcome, action: Action, language: Language): string[] {
  const rows = relations
    .map((relation) => word(relationWords, relation, language))
    .join(language === 'zh' ? '、' : ', ');
  const [open, close] = language === 'zh' ? ['（', '）'] : [' (', ')'];
  return [
    `  ${effectWord(effect, action, language)}${open}${rows}${close}`,
    ...policies.map(({ id, why }) => `    ${id}: ${why}`),
  ];
}

function changeText({ kind, to }: Change, language: Language): string {
  const zh = language === 'zh';
  switch (kind) {
    case 'purpose':
      return zh ? `声明用途“${word(purposeWords, to, language)}”（${to}）` : `the purpose ${to}`;
    case 'relation':
      return zh ? `与该行的关系为“${word(relationWords, to, language)}”` : `the relation ${to} to the row`;
    case 'role':
      return zh ? `身份为${roleTitle(to, language)}` : `the role ${to}`;
    case 'declaration':
      if (to === 'break-glass') return zh ? '开启紧急访问' : 'break-glass access';
      return zh ? '说明法定职责与事项编号' : 'a legal basis and a case number';
  }
}
