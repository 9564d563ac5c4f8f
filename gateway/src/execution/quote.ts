// Control characters are just what it looks for.
// eslint-disable-next-line no-control-regex
const special = /[\u0000-\u001f"\\\ud800-\udfff]/;

/** A string as JSON text. Most need no escape, and finding that out is cheaper than escaping. */
export function quote(text: string): string {
  const { length } = text;
  if (length > 40) return length < 5000 && !special.test(text) ? `"${text}"` : JSON.stringify(text);
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 || code === 34 || code === 92 || (code >= 0xd800 && code <= 0xdfff)) return JSON.stringify(text);
  }
  return `"${text}"`;
}
