import type { WriteContext } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import type { Database } from '../database.js';
import type { Appeal, WeakSignal } from '../generated/prisma/client.js';

/**
 * Ends an open warning: by the appeal that was opened on it, or because nothing need be done.
 * @param target `path` is where the input names it; a version where the user looked at one
 */
export async function settleSignal(
  tx: WriteContext<Database>,
  { id, path, expectedVersion }: { id: string; path: string[]; expectedVersion?: number },
  { appeal, note }: { appeal?: Appeal; note?: string },
): Promise<WeakSignal> {
  const signal = await tx.rows.weakSignal.findUnique({ where: { id } });
  if (!signal) throw refuse(path, 'NOT_FOUND', '没有这条预警，或者您无权处置，请核对。');
  if (appeal && (signal.communityCode !== appeal.communityCode || signal.category !== appeal.category)) {
    throw refuse(path, 'INVALID', '这条预警属于别的社区或者别的类别，请核对。');
  }
  const [settled] = await tx.rows.weakSignal.updateManyAndReturn({
    where: { id, state: 'OPEN', version: expectedVersion ?? signal.version },
    data: {
      state: appeal ? 'ACTED_ON' : 'DISMISSED',
      openKey: null,
      settledAt: tx.now,
      settledBy: tx.subject.staffId ?? null,
      appealNo: appeal?.no ?? null,
      note: note ?? null,
      version: { increment: 1 },
    },
  });
  if (settled) return settled;
  if (signal.state === 'OPEN')
    throw refuse(['expectedVersion'], 'CONFLICT', '这条预警已被他人修改，请重新读取后再试。');
  const how = signal.state === 'ACTED_ON' ? '已转未诉先办' : '已消除';
  throw refuse(path, 'WRONG_STATE', `这条预警${how}，不能再处置。`);
}
