const mobile = /^(1\d\d)[\d*]{4}(\d{4})$/;
const separators = /[\s\-()]/g;
const countryCode = /^(?:\+|00)86/;
const longest = 24;
const withheld = '*'.repeat(11);

/**
 * PHONE: of a mobile number the first three and the last four digits, without country code and separators: `13812345678`
 * and `+86 138-1234-5678` → `138****5678`. Any other number, as of a landline or from abroad, is eleven asterisks.
 *
 * Still tells: the segment, mostly the carrier, and the last four digits, by which an acquaintance recognises the number;
 * ten thousand numbers have the same mask.
 */
export function maskPhone(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  if (value.length > longest) return withheld;
  const parts = mobile.exec(value) ?? mobile.exec(value.replace(separators, '').replace(countryCode, ''));
  return parts ? `${parts[1]}****${parts[2]}` : withheld;
}
