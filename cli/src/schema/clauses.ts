import type { FieldClass } from '@linli/gateway/supergraph/classification';

/** What a level rests on. Cited to be looked up, not as a claim of conformity. */
const byLevel: Readonly<Record<FieldClass['level'], readonly string[]>> = {
  L1: ['数据安全法第21条', 'GB/T 43697-2024'],
  L2: ['数据安全法第21、38条', 'GB/T 43697-2024'],
  L3: ['个人信息保护法第4、34、51条', 'GB/T 43697-2024', 'GB/T 35273-2020 第7.1、7.2条'],
  L4: ['个人信息保护法第28、29条', 'GB/T 43697-2024', 'GB/T 35273-2020 第7.1、7.2条', 'GB/T 45574-2025'],
};

/** What sharing rests on, for everything that is shared or held back. */
const sharing = '政务数据共享条例（国务院令第809号）';

/** The clauses that a field's classification rests on. */
export function clausesOf({ level }: Pick<FieldClass, 'level'>): string[] {
  return [...byLevel[level], sharing];
}
