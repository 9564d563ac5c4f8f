import { id, instant, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { gridWorkerOfCell } from '@linli/kit/population/staff';
import { z } from 'zod';
import type { GridEventCause, GridHandlingUnit, Resolvers } from '../generated/graphql.js';
import type { GridEvent, GridEventStage } from '../generated/prisma/client.js';
import { highestSupervision, hoursToEscalation, moveEvent, type Move } from '../grid-course.js';
import { daysLater } from '../shenzhen-day.js';
import { changed, type Writing } from '../writing.js';

const unit = z.custom<GridHandlingUnit>();
const mostJointUnits = 5;
const mostHandlers = 10;
const daysToComeAtMost = 30;
const hourInMs = 3_600_000;

const stageNames: Record<GridEventStage, string> = {
  FOUND: '发现',
  DISPATCHED: '分拨',
  HANDLING: '处置',
  SUPERVISED: '督办',
  ANALYSED: '研判',
};

/** The event that somebody is about to move, as they have seen it. */
async function eventOf(
  tx: Writing,
  { id, expectedVersion }: { id: string; expectedVersion: number },
): Promise<GridEvent> {
  const event = await tx.rows.gridEvent.findUnique({ where: { id } });
  if (!event) throw refuse(['id'], 'NOT_FOUND', '没有这个网格事件，或不在您的辖区。');
  if (event.version !== expectedVersion) throw changed();
  return event;
}

function wrongStage({ stage }: GridEvent, possible: string) {
  return refuse(['id'], 'WRONG_STATE', `事件处于“${stageNames[stage]}”环节，${possible}。`);
}

async function move(tx: Writing, event: GridEvent, move: Move): Promise<{ event: GridEvent }> {
  const moved = await moveEvent(tx, event, move, tx.subject);
  if (!moved) throw changed();
  return { event: moved };
}

/** An event under supervision stays so while it is dispatched and handled. */
function stageAfter(event: GridEvent, stage: GridEventStage): GridEventStage {
  return event.stage === 'SUPERVISED' ? 'SUPERVISED' : stage;
}

/** Who supervises: the street 2, district and city 3, and the department, which speaks for them. */
function levelOf({ subject }: Writing): number {
  return subject.roles.includes('street-supervisor') ? 2 : highestSupervision;
}

export const gridCourseMutations: Resolvers['Mutation'] = {
  dispatchGridEvent: mutation({
    name: 'dispatchGridEvent',
    input: z.strictObject({
      id,
      expectedVersion: version,
      leadUnit: unit,
      jointUnits: z
        .array(unit)
        .max(mostJointUnits, { error: `协同单位至多 ${mostJointUnits} 个。` })
        .nullish(),
      handlers: z
        .array(id)
        .max(mostHandlers, { error: `办理人至多 ${mostHandlers} 个。` })
        .nullish(),
      note: text(500).nullish(),
    }),
    async run({ leadUnit, jointUnits, handlers, note, ...input }, tx: Writing) {
      const event = await eventOf(tx, input);
      const waits = event.stage === 'FOUND' || event.stage === 'DISPATCHED';
      if (!waits && !(event.stage === 'SUPERVISED' && event.reportedUnits.length === 0 && !event.handledAt)) {
        throw wrongStage(event, '已开始处置的不能重新分拨');
      }
      const joint = [...new Set(jointUnits ?? [])];
      if (joint.includes(leadUnit)) throw refuse(['jointUnits'], 'INVALID', '协同单位不含责任单位，请去掉它。');
      const data = {
        leadUnit,
        jointUnits: joint,
        handlers: handlers?.length ? [...new Set(handlers)] : [gridWorkerOfCell(event.gridCode)],
      };
      return move(tx, event, { action: 'DISPATCHED', to: stageAfter(event, 'DISPATCHED'), unit: leadUnit, note, data });
    },
  }),

  handleGridEvent: mutation({
    name: 'handleGridEvent',
    input: z.strictObject({ id, expectedVersion: version, unit, note: text(500), finished: z.boolean() }),
    async run({ unit: reporting, note, finished, ...input }, tx: Writing) {
      const event = await eventOf(tx, input);
      const { leadUnit, jointUnits, reportedUnits } = event;
      if (event.stage === 'FOUND' || event.stage === 'ANALYSED' || !leadUnit) {
        throw wrongStage(event, event.stage === 'ANALYSED' ? '已办结，不能再处置' : '须先分拨到责任单位');
      }
      const units = [leadUnit, ...jointUnits];
      if (!units.includes(reporting)) {
        throw refuse(['unit'], 'INVALID', '该单位不是本事件的责任单位或协同单位，请核对。');
      }
      if (reportedUnits.includes(reporting)) {
        throw refuse(['unit'], 'WRONG_STATE', '该单位已报告处置完成，不能再报告进展。');
      }
      const done = finished ? [...reportedUnits, reporting] : reportedUnits;
      const data = { reportedUnits: done, handledAt: units.every((each) => done.includes(each)) ? tx.now : null };
      const action = finished ? 'FINISHED' : 'HANDLED';
      return move(tx, event, { action, to: stageAfter(event, 'HANDLING'), unit: reporting, note, data });
    },
  }),

  superviseGridEvent: mutation({
    name: 'superviseGridEvent',
    input: z.strictObject({ id, expectedVersion: version, note: text(500), dueAt: instant.nullish() }),
    async run({ note, dueAt, ...input }, tx: Writing) {
      const event = await eventOf(tx, input);
      if (event.stage === 'ANALYSED') throw wrongStage(event, '已办结，不能再督办');
      if (dueAt && (dueAt <= tx.now || dueAt > daysLater(tx.now, daysToComeAtMost))) {
        throw refuse(['dueAt'], 'INVALID', `应办结时间须在以后 ${daysToComeAtMost} 日之内。`);
      }
      const supervision = Math.max(event.supervision, levelOf(tx));
      const escalates = supervision < highestSupervision;
      const next = dueAt ?? new Date(tx.now.getTime() + hoursToEscalation * hourInMs);
      const data = { supervision, escalateAt: escalates ? next : null, ...(dueAt && { dueAt }) };
      return move(tx, event, { action: 'SUPERVISED', to: 'SUPERVISED', note, data });
    },
  }),

  closeGridEvent: mutation({
    name: 'closeGridEvent',
    input: z.strictObject({ id, expectedVersion: version, cause: z.custom<GridEventCause>(), result: text(500) }),
    async run({ cause, result, ...input }, tx: Writing) {
      const event = await eventOf(tx, input);
      if (event.stage === 'ANALYSED') throw wrongStage(event, '已经办结');
      if (!event.handledAt) throw wrongStage(event, '责任单位与协同单位都报告处置完成后方可办结');
      const data = { cause, result, closedAt: tx.now, escalateAt: null };
      return move(tx, event, { action: 'CLOSED', to: 'ANALYSED', unit: event.leadUnit, note: null, data });
    },
  }),
};
