import { createHash } from 'node:crypto';
import { communityCode, id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { ArchiveEntry, ServiceArchive } from '../generated/prisma/client.js';
import { changed, found, newId, requireState, requireVersion, type Tx } from './change.js';

const states = { OPEN: '立卷中', CLOSED: '已归档' } as const;
/** Entries that one file holds. */
const mostEntries = 200;

const openInput = z.strictObject({
  communityCode,
  title: text(100),
  section: text(20),
  idempotencyKey: idempotencyKey.nullish(),
});

export const openArchive = mutation({
  name: 'openArchive',
  input: openInput,
  async run({ communityCode: code, title, section }: z.infer<typeof openInput>, tx: Tx) {
    tx.requireRelation(['communityCode'], { community: code });
    const archive = await tx.all.serviceArchive.create({
      data: { id: newId('archive-'), communityCode: code, title, section, state: 'OPEN', openedOn: tx.now },
    });
    return { archive };
  },
  made: ({ archive }) => archive.id,
  again: async (made, tx) => ({ archive: await tx.all.serviceArchive.findUniqueOrThrow({ where: { id: made } }) }),
});

/** The file that the caller may write, held until this transaction ends: nothing is put into it while it is closed. */
async function openFile(tx: Tx, archiveId: string): Promise<ServiceArchive> {
  found(await tx.rows.serviceArchive.findUnique({ where: { id: archiveId } }), 'archiveId', '档案');
  await tx.lock(`archive:${archiveId}`);
  const row = await tx.all.serviceArchive.findUniqueOrThrow({ where: { id: archiveId } });
  requireState(row.state, ['OPEN'], states);
  return row;
}

const entryInput = z.strictObject({
  archiveId: id,
  title: text(100),
  reference: text(100).nullish(),
  text: text(10_000),
  idempotencyKey: idempotencyKey.nullish(),
});

export const addArchiveEntry = mutation({
  name: 'addArchiveEntry',
  input: entryInput,
  async run({ archiveId, title, reference, text: body }: z.infer<typeof entryInput>, tx: Tx) {
    const archive = await openFile(tx, archiveId);
    const number = (await tx.all.archiveEntry.count({ where: { archiveId } })) + 1;
    if (number > mostEntries) throw refuse(['archiveId'], 'FULL', `一卷最多 ${mostEntries} 件，请另立一卷。`);
    await tx.all.archiveEntry.create({
      data: {
        id: `${archiveId}-${String(number).padStart(3, '0')}`,
        archiveId,
        at: tx.now,
        title,
        reference: reference ?? null,
        text: body,
      },
    });
    return { archive };
  },
  made: ({ archive }) => archive.id,
  again: async (made, tx) => ({ archive: await tx.all.serviceArchive.findUniqueOrThrow({ where: { id: made } }) }),
});

/** SHA-256 over the entries in their order, each part with its length, so that no two contents have one digest. */
function digestOf(entries: readonly ArchiveEntry[]): string {
  const hash = createHash('sha256');
  for (const { id: entryId, at, title, reference, text: body } of entries) {
    for (const part of [entryId, at.toISOString(), title, reference ?? '', body]) {
      hash.update(`${Buffer.byteLength(part)}:${part}`);
    }
  }
  return hash.digest('hex');
}

const closeInput = z.strictObject({ archiveId: id, expectedVersion: version });

/** Closes a file for good: the database lets nobody change it, or its entries, any more. */
export const closeArchive = mutation({
  name: 'closeArchive',
  input: closeInput,
  async run({ archiveId, expectedVersion }: z.infer<typeof closeInput>, tx: Tx) {
    const row = await openFile(tx, archiveId);
    requireVersion(row, expectedVersion);
    const entries = await tx.all.archiveEntry.findMany({ where: { archiveId }, orderBy: { id: 'asc' } });
    if (entries.length === 0) throw refuse(['archiveId'], 'WRONG_STATE', '卷内还没有文件，请先放入。');
    const archive = changed(
      await tx.all.serviceArchive.updateManyAndReturn({
        where: { id: archiveId, version: expectedVersion },
        data: { state: 'CLOSED', closedAt: tx.now, digest: digestOf(entries), version: { increment: 1 } },
      }),
    );
    return { archive };
  },
});
