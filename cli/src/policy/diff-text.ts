import type { PolicyDiff, Shift } from './diff.js';
import type { Language } from './words.js';
import { effectWord, purposeWords, relationWords, roleTitle, word } from './words.js';

/** A comparison in words: what an officer signs. */
export function diffText({ added, removed, changed, gains, losses }: PolicyDiff, language: Language): string {
  const zh = language === 'zh';
  const list = (title: string, ids: readonly string[]) =>
    ids.length ? [`${title}${zh ? '：' : ': '}${ids.join(', ')}`] : [];
  const shifts = (title: string, all: readonly Shift[]) =>
    all.length ? ['', title, ...all.map((shift) => shiftText(shift, language))] : [];
  const lines = [
    ...list(zh ? '新增策略' : 'Added', added),
    ...list(zh ? '删除策略' : 'Removed', removed),
    ...list(zh ? '修改策略' : 'Changed', changed),
    ...shifts(zh ? '所见或可写更多：' : 'Who sees or writes more:', gains),
    ...shifts(zh ? '所见或可写更少：' : 'Who sees or writes less:', losses),
  ];
  if (gains.length + losses.length === 0) {
    lines.push(zh ? '没有人所见或可写更多或更少。' : 'Nobody sees or writes more or less.');
  }
  return lines.join('\n').trim();
}

function shiftText(shift: Shift, language: Language): string {
  const zh = language === 'zh';
  const { role, department, action, relations, minors, from, to, purposes, needs, fields, policies } = shift;
  const who = `${roleTitle(role, language)}${department === undefined ? '' : ` (${department})`}`;
  const rows = relations.map((relation) => word(relationWords, relation, language)).join(zh ? '、' : ', ');
  const purpose = purposes
    .map((each) => (each === 'none' ? (zh ? '未声明用途' : 'no purpose') : word(purposeWords, each, language)))
    .join(zh ? '、' : ', ');
  const declared = needs.includes('nothing') ? '' : needs.map((need) => needText(need, zh)).join(zh ? '或' : ' or ');
  const young = !minors.includes(false) ? (zh ? '，不满十四周岁' : ', under 14') : '';
  const change = `${effectWord(from, action, language)} → ${effectWord(to, action, language)}`;
  const head = zh
    ? `  ${who}，${rows}的行${young}，${purpose}${declared && `，${declared}`}：${change}（${policies.join('、')}）`
    : `  ${who}, rows of ${rows}${young}, for ${purpose}${declared && `, ${declared}`}: ${change} (${policies.join(', ')})`;
  return `${head}\n    ${fields.join(' ')}`;
}

function needText(need: string, zh: boolean): string {
  if (need === 'emergency') return zh ? '紧急访问' : 'with break-glass access';
  return zh ? '说明法定职责与事项编号' : 'with a legal basis and a case number';
}
