import type { Action } from '@linli/gateway/policy/cedar/question';
import { subgraphTitles } from '@linli/schema/platforms';
import type { Role } from '@linli/schema/roles';
import { roles } from '@linli/schema/roles';
import type { Cell, MatrixRow } from './matrix.js';
import { legend, marks } from './matrix-text.js';
import type { Language } from './words.js';
import { effectWord, effectWords, purposeWords, relationWords, roleWords, word } from './words.js';

/** The matrix as one HTML page that needs nothing else: fields down, roles across, a section for each type. */
export function matrixHtml(rows: readonly MatrixRow[], language: Language, version: string): string {
  const zh = language === 'zh';
  const title = zh ? '邻里 授权矩阵' : 'Linli: who may see what';
  const types = [...byType(rows)];
  const shown = types.filter(([, fields]) => !isPublic(fields));
  const open = types.filter(([, fields]) => isPublic(fields)).map(([type]) => type);
  const sections = shown.map(([type, fields]) => section(type, fields, language)).join('\n');
  const nav = shown.map(([type]) => `<a href="#${type}">${type}</a>`).join(' ');
  const note = zh
    ? '每格是该角色最多能见到的程度与所需的关系；空格为拒绝。将指针停在格上可见用途与策略。'
    : 'Each cell is the most that a role can see, and by which relation; empty cells are denied. Hover for purposes and policies.';
  return `<!doctype html>
<html lang="${zh ? 'zh-CN' : 'en'}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
<header>
<h1>${title}</h1>
<p>${note}</p>
<p class="legend"><span class="allow">${word(effectWords, 'ALLOW', language)}</span><span class="mask">${word(effectWords, 'MASK', language)}</span> ${legend(language)}</p>
<p class="version">${zh ? '策略版本' : 'Policies'} <code>${version.slice(0, 16)}</code></p>
<nav>${nav}</nav>
</header>
<main>
${sections}
${open.length ? `<h2>${zh ? '全部公开的类型' : 'Types that are public altogether'}</h2><p class="public">${open.join(', ')}</p>` : ''}
</main>
</html>
`;
}

function isPublic(rows: readonly MatrixRow[]): boolean {
  return rows.every(({ field }) => field.level === 'L1');
}

function byType(rows: readonly MatrixRow[]): ReadonlyMap<string, MatrixRow[]> {
  const types = new Map<string, MatrixRow[]>();
  for (const row of rows) {
    const [type = ''] = row.field.coordinate.split('.');
    types.set(type, [...(types.get(type) ?? []), row]);
  }
  return types;
}

function section(type: string, rows: readonly MatrixRow[], language: Language): string {
  const head = roles.map((role) => `<th scope="col"><span>${escape(word(roleWords, role, language))}</span></th>`);
  const body = rows.map((row) => fieldRow(row, language)).join('\n');
  const field = language === 'zh' ? '字段' : 'Field';
  const level = language === 'zh' ? '级别' : 'Level';
  return `<section id="${type}"><h2>${type}</h2><div class="table"><table>
<thead><tr><th scope="col" class="field">${field}</th><th scope="col">${level}</th>${head.join('')}</tr></thead>
<tbody>
${body}
</tbody></table></div></section>`;
}

function fieldRow({ field, action, cells }: MatrixRow, language: Language): string {
  const name = field.coordinate.split('.')[1] ?? '';
  const titles: Readonly<Record<string, string>> = subgraphTitles;
  const by = field.departments.map((each) => (language === 'zh' ? (titles[each] ?? each) : each)).join(' ');
  const sealed = field.sealed ? `<i>${language === 'zh' ? '封存' : 'sealed'}</i>` : '';
  const write = action === 'write' ? ` <i class="write">${language === 'zh' ? '写入' : 'write'}</i>` : '';
  const columns = roles.map((role) => cell(role, action, cells.get(role), language)).join('');
  return `<tr><th scope="row" class="field">${escape(name)} ${sealed}${write}<small>${escape(by)}</small></th><td class="level ${field.level}">${field.level}</td>${columns}</tr>`;
}

function cell(
  role: Role,
  action: Action,
  cells: ReadonlyMap<string, readonly Cell[]> | undefined,
  language: Language,
): string {
  if (!cells?.size) return '<td></td>';
  const groups = new Map<string, { relations: string[]; cell: Cell }>();
  for (const [relation, tiers] of cells) {
    for (const each of tiers) {
      const key = [each.effect, each.needs, each.lessOfMinors, each.policies].join(' ');
      const group = groups.get(key);
      if (group) group.relations.push(relation);
      else groups.set(key, { relations: [relation], cell: each });
    }
  }
  const items = [...groups.values()].map(({ relations, cell: each }) => {
    const { effect, purpose, policies } = each;
    const why = [
      `${word(roleWords, role, language)}: ${effectWord(effect, action, language)}`,
      ...(purpose === undefined ? [] : [word(purposeWords, purpose, language)]),
      ...policies,
    ].join(' · ');
    const where = relationsText(relations, effectWord(effect, action, language), language);
    return `<span class="${effect.toLowerCase()}" title="${escape(why)}">${escape(where)}${marks(each)}</span>`;
  });
  return `<td>${items.join('')}</td>`;
}

const places = ['community', 'street', 'district', 'city'];

function relationsText(relations: readonly string[], always: string, language: Language): string {
  if (relations.includes('none')) return always;
  const anywhere = places.every((place) => relations.includes(place));
  const named = relations.filter((relation) => !anywhere || !places.includes(relation));
  const words = named.map((relation) => word(relationWords, relation, language));
  if (anywhere) words.push(language === 'zh' ? '辖区' : 'own place');
  return words.join(language === 'zh' ? '、' : ', ');
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

const style = `
:root { color-scheme: light dark; --line: #d7dce2; --soft: #f4f6f8; --text: #1c2530; --quiet: #667382; --ground: #fff;
  --allow: #d8f0df; --allow-text: #12532b; --mask: #fdeecb; --mask-text: #6b4a00; }
@media (prefers-color-scheme: dark) { :root { --line: #38424d; --soft: #20272e; --text: #e4e9ee; --quiet: #95a2b0; --ground: #161b20;
  --allow: #1c4a2d; --allow-text: #b9ecca; --mask: #4d3c10; --mask-text: #f6dd9d; } }
body { margin: 0; color: var(--text); background: var(--ground); font: 14px/1.45 system-ui, "Noto Sans CJK SC", sans-serif; }
header, main { padding: 16px 24px; }
h1 { margin: 0 0 4px; font-size: 22px; } h2 { margin: 24px 0 8px; font-size: 16px; }
header p { margin: 4px 0; color: var(--quiet); } nav { display: flex; flex-wrap: wrap; gap: 4px 12px; margin-top: 8px; font-size: 12px; }
nav a { color: inherit; }
.public { color: var(--quiet); font-size: 12px; }
.table { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; }
table { border-collapse: collapse; width: 100%; font-size: 12px; }
th, td { border-bottom: 1px solid var(--line); padding: 4px 6px; text-align: left; vertical-align: top; }
tbody tr:last-child > * { border-bottom: 0; }
thead th { background: var(--soft); font-weight: 600; white-space: nowrap; }
th.field { position: sticky; left: 0; min-width: 140px; background: var(--soft); z-index: 1; font-weight: 500; }
th.field small { display: block; color: var(--quiet); font-weight: 400; } th.field i { color: #b3261e; font-style: normal; font-size: 11px; }
td span, .legend span { display: inline-block; margin: 0 2px 2px 0; padding: 0 5px; border-radius: 4px; }
span.allow { background: var(--allow); color: var(--allow-text); } span.mask { background: var(--mask); color: var(--mask-text); }
td.level { font-weight: 600; } td.L1 { color: #2b7a4b; } td.L2 { color: #3a6ea5; } td.L3 { color: #b26a00; } td.L4 { color: #b3261e; }
`;
