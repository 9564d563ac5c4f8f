import { geography } from '@linli/schema/geography';
import { z } from 'zod';

/** What mutations take, with what users are told in Chinese. Lengths are in UTF-16 units. */

const communityCodes = new Set(geography.communities.map(({ code }) => code));

/** A text of people: trimmed, not empty, of at most so many characters. */
export function text(max: number): z.ZodString {
  return z
    .string()
    .trim()
    .min(1, { error: '请填写内容。' })
    .max(max, { error: `最多 ${max} 字，请精简。` });
}

/** A key of something: a resident, a slot, a case. */
export const id = z.string().min(1, { error: '请填写标识。' }).max(64, { error: '标识最长 64 字符，请核对。' });

/** Names one submission, so that sending it again makes nothing twice. */
export const idempotencyKey = z
  .string()
  .min(8, { error: '幂等键至少 8 个字符，建议使用 UUID。' })
  .max(64, { error: '幂等键最长 64 个字符，建议使用 UUID。' });

/** The version of a row that the user looked at. */
export const version = z.int({ error: '版本号应为整数，请原样送回读到的值。' }).min(0, { error: '版本号不能为负。' });

/** A calendar date, YYYY-MM-DD, as midnight UTC. The scalar has checked that there is such a day. */
export const day = z.iso
  .date({ error: '请填写日期，例如 2025-12-31。' })
  .transform((date) => new Date(`${date}T00:00:00Z`));

/** A time, RFC 3339 with its zone. */
export const instant = z.iso
  .datetime({ offset: true, error: '请填写时间，例如 2025-12-31T09:30:00+08:00。' })
  .transform((time) => new Date(time));

/** A community that there is: one of the city's 822. */
export const communityCode = z
  .string()
  .refine((code) => communityCodes.has(code), { error: '没有这个社区，请核对 12 位社区代码。' });

/** A mobile number; the scalar has checked its form. */
export const phone = z.string().regex(/^1[3-9]\d{9}$/, { error: '请填写 11 位手机号码。' });

/** A whole number of at least `least` and at most `most`. */
export function count(least: number, most: number): z.ZodInt {
  const error = `应为 ${least} 至 ${most} 的整数。`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}
