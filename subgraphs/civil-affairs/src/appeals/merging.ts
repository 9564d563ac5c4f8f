import type { SystemContext } from '@linli/kit/writing/system';
import type { Database } from '../database.js';
import type { Appeal } from '../generated/prisma/client.js';
import { lockAppeals } from '../queries/appeal-rows.js';
import { move } from './move.js';

/** Appeals that wait for the answer to the one that they were merged into. */
export function waitingFor(tx: SystemContext<Database>, { no }: Pick<Appeal, 'no'>): Promise<Appeal[]> {
  return tx.all.appeal.findMany({ where: { mergedInto: no, state: 'MERGED' }, orderBy: { no: 'asc' } });
}

/** Answers those that were merged with the main one: whoever raised them confirms and rates for themselves. */
export async function shareAnswer(tx: SystemContext<Database>, main: Appeal): Promise<void> {
  const waiting = await waitingFor(tx, main);
  await lockAppeals(
    tx,
    waiting.map(({ no }) => no),
  );
  // Somebody may have withdrawn one before it was held.
  for (const appeal of await waitingFor(tx, main)) {
    await move(tx, appeal, {
      action: 'SHARE_ANSWER',
      actor: 'SYSTEM',
      unit: null,
      target: main.no,
      lead: main.lead!,
      text: main.answer,
    });
  }
}
