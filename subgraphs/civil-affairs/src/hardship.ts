import { communityWorkerOfCase, socialWorkerOfCase } from '@linli/kit/population/staff';
import type { SystemContext } from '@linli/kit/writing/system';
import type { Database } from './database.js';
import type { HardshipReason, HardshipSource, HardshipUrgency } from './generated/graphql.js';
import type { Resident } from './generated/prisma/client.js';
import { newTimeId } from './new-id.js';
import { assignStaff } from './queries/assign-staff.js';
import { handlersFor, minorUntil } from './welfare-cases.js';

/** Something that may mean that a resident is in hardship. */
export interface Signal {
  /** Null where nobody knows whom it is about. */
  resident: Resident | null;
  communityCode: string;
  source: HardshipSource;
  reason: HardshipReason;
  detail: string | null;
}

/** Signals that one lead holds at most; more tell whoever handles it nothing new. */
const mostSignals = 50;

const sources: [string, HardshipSource][] = [
  ['grid-worker', 'GRID'],
  ['community-police', 'GRID'],
  ['family-doctor', 'HEALTH'],
  ['property-manager', 'HOUSING'],
  ['teacher', 'EDUCATION'],
  ['community-worker', 'COMMUNITY'],
  ['social-worker', 'COMMUNITY'],
];

/** Where a signal comes from, by the roles of whoever gives it. */
export function sourceOf(roles: readonly string[]): HardshipSource {
  return sources.find(([role]) => roles.includes(role))?.[1] ?? 'RESIDENT';
}

/** How urgent a lead is, by how many sources it has. */
function urgencyOf(from: ReadonlySet<HardshipSource>): HardshipUrgency {
  return from.size >= 3 ? 'URGENT' : from.size === 2 ? 'RAISED' : 'NORMAL';
}

/**
 * Adds a signal to the open lead about a resident, or opens one. A lead decides nothing: that is for those who handle it.
 * @returns the lead's id
 */
export async function signalHardship(tx: SystemContext<Database>, signal: Signal): Promise<string> {
  const { resident, source, reason, detail } = signal;
  if (resident === null) return openLead(tx, signal);
  await tx.lock(`hardship ${resident.id}`);
  const lead = await tx.all.hardshipLead.findUnique({ where: { openKey: resident.id } });
  if (lead === null) return openLead(tx, signal);
  const before = await tx.all.hardshipSignal.findMany({ where: { leadId: lead.id }, orderBy: { no: 'asc' } });
  const known = before.some((each) => each.source === source && each.reason === reason && each.detail === detail);
  if (known || before.length >= mostSignals) return lead.id;
  await tx.all.hardshipSignal.create({
    data: { leadId: lead.id, no: before.length + 1, source, reason, at: tx.now, detail },
  });
  const urgency = urgencyOf(new Set([source, ...before.map((each) => each.source)]));
  await tx.all.hardshipLead.update({ where: { id: lead.id }, data: { urgency, version: { increment: 1 } } });
  return lead.id;
}

async function openLead(tx: SystemContext<Database>, signal: Signal): Promise<string> {
  const { resident, source, reason, detail } = signal;
  const id = newTimeId('k', tx.now);
  const communityCode = resident?.communityCode ?? signal.communityCode;
  const handlers = resident
    ? handlersFor(resident)
    : [socialWorkerOfCase(communityCode, id), communityWorkerOfCase(communityCode, id)];
  await tx.all.hardshipLead.create({
    data: {
      id,
      state: 'NEW',
      urgency: 'NORMAL',
      communityCode,
      openedAt: tx.now,
      residentId: resident?.id ?? null,
      openKey: resident?.id ?? null,
      minorUntil: resident && minorUntil([resident]),
      handlers,
    },
  });
  await tx.all.hardshipSignal.create({ data: { leadId: id, no: 1, source, reason, at: tx.now, detail } });
  if (resident) await assignStaff(tx, [resident.id], handlers);
  await tx.emit({ type: 'HardshipLeadOpened', key: id, data: { leadId: id, communityCode, source, reason } });
  return id;
}
