const rest = '**';

/** Family names of two characters. */
const compound = new Set(
  (
    '欧阳 上官 司马 诸葛 皇甫 尉迟 长孙 慕容 司徒 夏侯 东方 令狐 宇文 公孙 轩辕 端木 百里 呼延 南宫 西门 独孤 ' +
    '闻人 澹台 钟离 申屠 太史 淳于 单于 鲜于 闾丘 万俟 赫连 拓跋 濮阳 公冶 宗政 仲孙 司空 司寇 第五'
  ).split(' '),
);

const letterFirst = /^\p{L}/u;
const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** A grapheme is as long as somebody cares to make it: of one with more code units than this only the letter is shown. */
const longestGrapheme = 4;

/**
 * NAME: the family name of Chinese names, of any other the first character as readers see it, and two asterisks however
 * long the rest: `张三` and `张三丰` → `张**`, `欧阳例` → `欧阳**`, `阿依古丽·例` → `阿**`, `Example One` → `E**`. A name of one
 * character, and one that does not begin with a letter, is two asterisks.
 *
 * Still tells: the family name, which a few hundred thousand to a hundred million people share but which may be the only
 * one of its kind in a small place; the script; that a name of two characters is taken for a compound family name where
 * a third follows, which shows the first character of the given name of somebody whose family name is just its first.
 * Not the length, nor whether a name has parts divided by ·.
 */
export function maskName(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  if (common(value)) return family(value) + rest;
  const name = value.trim();
  if (!letterFirst.test(name)) return rest;
  const first = firstGrapheme(name);
  if (first.length === name.length) return rest;
  return (first === name[0] ? family(name) : bounded(first)) + rest;
}

/** Two to four characters of the common block: nearly every name, and each character is a grapheme. */
function common(name: string): boolean {
  if (name.length < 2 || name.length > 4) return false;
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code < 0x4e00 || code > 0x9fff) return false;
  }
  return true;
}

/** The family name of a name whose first grapheme is one code unit. */
function family(name: string): string {
  const two = name.slice(0, 2);
  return name.length > 2 && compound.has(two) ? two : name[0]!;
}

/** Segmenting takes a hundred times as long as all the rest: only where the second code unit may belong to the first. */
function firstGrapheme(name: string): string {
  if (standsAlone(name.charCodeAt(0)) && (name.length === 1 || standsAlone(name.charCodeAt(1)))) return name[0]!;
  const [first] = graphemes.segment(name);
  return first!.segment;
}

/** Printable ASCII, · and the common block: none of them joins another. */
function standsAlone(code: number): boolean {
  return (code >= 0x20 && code <= 0x7e) || code === 0xb7 || (code >= 0x4e00 && code <= 0x9fff);
}

function bounded(grapheme: string): string {
  return grapheme.length <= longestGrapheme ? grapheme : String.fromCodePoint(grapheme.codePointAt(0)!);
}
