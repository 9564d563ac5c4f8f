import { count, text } from '@linli/kit/writing/fields';
import { z } from 'zod';

/** 楼栋编码 and 房屋编码 as they are written; whether there is such a one, the register says. */
export const buildingCode = z.string().regex(/^\d{19}$/, { error: '楼栋编码为 19 位数字，请核对。' });
export const unitCode = z.string().regex(/^\d{25}$/, { error: '房屋编码为 25 位数字，请核对。' });

/** Yuan: whole, and small enough for what a database keeps. */
export const yuan = count(0, 2_000_000_000);

/** A year that the hub keeps something of. */
export const year = count(2015, 2100);

/** A remark that need not be made. */
export const remark = (max: number) => text(max).nullish();
