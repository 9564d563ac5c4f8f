import { randomUUID } from 'node:crypto';
import { id } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import { found, type Tx } from './change.js';
import { ownResident } from './people.js';

/** Minutes that a session lasts at the most, so that whoever comes next finds nothing of who forgot to leave. */
const sessionMinutes = 15;
/** Residents of this age use a terminal by themselves. */
const ownAge = 14;

const statusInput = z.strictObject({ kioskId: id, online: z.boolean() });

/** A terminal says that it can be used, or that it cannot. */
export const reportKioskStatus = mutation({
  name: 'reportKioskStatus',
  input: statusInput,
  async run({ kioskId, online }: z.infer<typeof statusInput>, tx: Tx) {
    const row = found(await tx.all.kiosk.findUnique({ where: { id: kioskId } }), 'kioskId', '一体机');
    tx.requireRelation(['kioskId'], { community: row.communityCode });
    const kiosk = await tx.all.kiosk.update({ where: { id: kioskId }, data: { online, lastSeenAt: tx.now } });
    return { kiosk };
  },
});

const startInput = z.strictObject({ kioskId: id });

/** A resident logs in at a terminal. One who forgot to leave is out once their time is up. */
export const startKioskSession = mutation({
  name: 'startKioskSession',
  input: startInput,
  async run({ kioskId }: z.infer<typeof startInput>, tx: Tx) {
    const resident = await ownResident(tx, ownAge);
    const kiosk = found(await tx.all.kiosk.findUnique({ where: { id: kioskId } }), 'kioskId', '一体机');
    if (!kiosk.online) throw refuse(['kioskId'], 'CLOSED', '这台一体机暂时不能使用，请到窗口或换一台。');
    await tx.all.kioskSession.deleteMany({ where: { kioskId, expiresAt: { lte: tx.now } } });
    const session = await tx.all.kioskSession.create({
      data: {
        id: randomUUID(),
        kioskId,
        residentId: resident.id,
        communityCode: kiosk.communityCode,
        startedAt: tx.now,
        expiresAt: new Date(tx.now.getTime() + sessionMinutes * 60_000),
      },
    });
    return { session };
  },
  duplicate: refuse(['kioskId'], 'FULL', '这台一体机正有人使用，请稍候或换一台。'),
});

const endInput = z.strictObject({ sessionId: id });

/** The resident leaves, or the terminal sees that they are gone: nothing is left of the session. */
export const endKioskSession = mutation({
  name: 'endKioskSession',
  input: endInput,
  async run({ sessionId }: z.infer<typeof endInput>, tx: Tx) {
    const row = found(await tx.rows.kioskSession.findUnique({ where: { id: sessionId } }), 'sessionId', '会话');
    await tx.rows.kioskSession.deleteMany({ where: { id: sessionId } });
    return { kiosk: await tx.all.kiosk.findUnique({ where: { id: row.kioskId } }) };
  },
});
