/** Providers with so many addresses that the domain tells nothing of a person. */
const providers = new Set([
  '126.com',
  '139.com',
  '163.com',
  '189.cn',
  'aliyun.com',
  'foxmail.com',
  'gmail.com',
  'hotmail.com',
  'icloud.com',
  'outlook.com',
  'qq.com',
  'sina.com',
  'sohu.com',
  'yeah.net',
]);
const withheld = '***@***';

/**
 * EMAIL: only a large provider: `zhangsan@163.com` → `***@163.com`. Other domains, of employers or of families, are
 * withheld: `li@example.cn` → `***@***`. Nothing before the @ is shown, since it is often a name or a number.
 *
 * Still tells: which of fourteen providers it is.
 */
export function maskEmail(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const at = value.lastIndexOf('@');
  const domain = value.slice(at + 1);
  return at > 0 && providers.has(domain) ? `***@${domain}` : withheld;
}
