import type { SystemContext } from '@linli/kit/writing/system';
import type { Subject } from '@linli/schema/subject';
import type { Database } from './database.js';
import type {
  GridCell,
  GridEvent,
  GridEventAction,
  GridEventKind,
  GridEventSource,
  GridEventStage,
  GridHandlingUnit,
} from './generated/prisma/client.js';
import { gridEventKinds } from './grid-event-kinds.js';
import { datedId } from './new-id.js';
import { nextStep } from './queries/course-steps.js';

/** Hours after which an event that is supervised and still open is escalated to the next level. A default. */
export const hoursToEscalation = 24;
const hourInMs = 3_600_000;
/** The highest level of supervision: 1 community, 2 street, 3 district. */
export const highestSupervision = 3;

/** Roles by which steps are told, the one that acts first where somebody has several. */
const actingRoles = [
  'grid-worker',
  'community-worker',
  'community-police',
  'street-supervisor',
  'district-supervisor',
  'city-supervisor',
  'department-data-officer',
  'resident',
];

/** What is done to an event: the change of its row, and the step that tells it. */
export interface Move {
  readonly action: GridEventAction;
  readonly to: GridEventStage;
  readonly unit?: GridHandlingUnit | null;
  readonly note?: string | null;
  readonly data?: Partial<Omit<GridEvent, 'id' | 'version' | 'stage'>>;
}

/**
 * Moves an event that nobody else has changed since it was read, writes the step and says so.
 * @param by who does it; undefined for the department's own supervision
 * @returns the event as it is now; undefined where somebody else was faster
 */
export async function moveEvent(
  tx: SystemContext<Database>,
  event: GridEvent,
  { action, to, unit, note, data }: Move,
  by?: Subject,
): Promise<GridEvent | undefined> {
  const { id, version, stage: from, communityCode } = event;
  const [moved] = await tx.all.gridEvent.updateManyAndReturn({
    where: { id, version },
    data: { ...data, stage: to, version: version + 1 },
  });
  if (!moved) return undefined;
  await tx.all.gridEventStep.create({
    data: {
      eventId: id,
      number: await nextStep(tx, 'grid_event', id),
      action,
      from,
      to,
      at: tx.now,
      unit: unit ?? null,
      role: by ? actingRole(by) : null,
      note: note ?? null,
    },
  });
  await tx.emit({ type: 'GridEventMoved', key: id, data: { id, action, from, to, communityCode } });
  return moved;
}

/** What is known of a new event. */
export interface Finding {
  readonly kind: GridEventKind;
  readonly source: GridEventSource;
  readonly title: string;
  readonly gridCode: string;
  readonly communityCode: string;
  readonly description?: string | null | undefined;
  readonly location?: string | null | undefined;
  /** Its number on the platform that it comes from. */
  readonly externalNo?: string | null | undefined;
  /** The device that raised it. */
  readonly siteId?: string;
  /** Residents who reported it. */
  readonly reporters?: string[];
}

/**
 * Writes down a new event with its first step, to be done in the time of its kind, and says so.
 * @param role by which it was found; null where a device or a platform did
 */
export async function openEvent(
  tx: SystemContext<Database>,
  { description, location, externalNo, ...finding }: Finding,
  role: string | null,
): Promise<GridEvent> {
  const dueAt = new Date(tx.now.getTime() + gridEventKinds[finding.kind].hours * hourInMs);
  const created = await tx.all.gridEvent.create({
    data: {
      ...finding,
      id: datedId('E', tx.now),
      stage: 'FOUND',
      description: description ?? null,
      location: location ?? null,
      externalNo: externalNo ?? null,
      reportedAt: tx.now,
      dueAt,
      escalateAt: dueAt,
    },
  });
  const { id, kind, source, communityCode, gridCode } = created;
  await tx.all.gridEventStep.create({
    data: {
      eventId: id,
      number: 1,
      action: 'REPORTED',
      from: null,
      to: 'FOUND',
      at: tx.now,
      unit: null,
      role,
      note: null,
    },
  });
  await tx.emit({ type: 'GridEventReported', key: id, data: { id, kind, source, communityCode, gridCode } });
  return created;
}

/** The first cell of a community, or the one that was named. */
export function findCell(
  tx: SystemContext<Database>,
  communityCode: string,
  code: string | null | undefined,
): Promise<GridCell | null> {
  return tx.all.gridCell.findFirst({
    where: { communityCode, ...(code != null && { code }) },
    orderBy: { code: 'asc' },
  });
}

/** The role by which a step of a subject is told. */
export function actingRole({ roles }: Subject): string | null {
  return actingRoles.find((role) => roles.includes(role)) ?? null;
}
