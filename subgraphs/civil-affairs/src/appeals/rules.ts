import type { SystemContext } from '@linli/kit/writing/system';
import type { Database } from '../database.js';
import type { AppealCategory } from '../generated/graphql.js';
import type { CategoryRule } from './defaults.js';
import { isBureau } from './units.js';

/** What holds now for appeals of a category. */
export async function ruleOf(tx: SystemContext<Database>, category: AppealCategory): Promise<CategoryRule> {
  const { bureau, ...rule } = await tx.all.appealRule.findUniqueOrThrow({ where: { category } });
  return { ...rule, bureau: bureau !== null && isBureau(bureau) ? bureau : 'civil-affairs' };
}
