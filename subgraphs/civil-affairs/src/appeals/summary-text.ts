/** What in a text could tell who somebody is; each with what is said of it. */
const personal: readonly (readonly [RegExp, string])[] = [
  [/\d{6,}/, '含有六位以上的数字，例如电话、证件号码或者诉求编号'],
  [/[\w.+-]+@[\w-]+\.\w+/, '含有电子邮箱'],
  [/\d+\s*(号楼|栋|幢|座|单元|室|房|户)/, '含有楼栋或者房号'],
  [/[\u4e00-\u9fff]\*+/, '含有脱敏的姓名'],
];

/** Characters in a row that a summary may share with what the appellant wrote. */
const sharedAtMost = 16;

function sharesText(summary: string, original: string): boolean {
  for (let start = 0; start + sharedAtMost < original.length; start++) {
    if (summary.includes(original.slice(start, start + sharedAtMost + 1))) return true;
  }
  return false;
}

/**
 * What keeps a summary from being published: something personal, or the appellant's own words.
 * @param names of the people in question
 * @param originals what the appellant wrote
 * @returns what is wrong; null where nothing was found, which is no proof that nothing is
 */
export function personalText(summary: string, names: readonly string[], originals: readonly string[]): string | null {
  if (names.some((name) => summary.includes(name))) return '含有诉求人姓名';
  const found = personal.find(([pattern]) => pattern.test(summary));
  if (found) return found[1];
  return originals.some((original) => sharesText(summary, original)) ? '照抄了诉求原文' : null;
}
