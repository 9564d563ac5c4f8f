import { id, idempotencyKey, communityCode, text } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { GridEventKind, GridEventSource, Resolvers } from '../generated/graphql.js';
import type { GridCell } from '../generated/prisma/client.js';
import { actingRole, findCell, openEvent } from '../grid-course.js';
import { isDepartmentOfficer, type Writing } from '../writing.js';

/** Sources that only the department may name: what other platforms hand over. */
const handedOver: readonly GridEventSource[] = ['APPEAL', 'CITY_PLATFORM'];
/** Open events that one resident may have reported. A default, so that one person cannot flood the grid. */
const mostOpenReports = 20;

/** Where something happens within a community: the cell that was named, else the first one. */
async function cellOf(tx: Writing, community: string, cell: string | null | undefined): Promise<GridCell> {
  const found = await findCell(tx, community, cell);
  if (!found) throw refuse(['gridCode'], 'NOT_FOUND', '本社区没有这个网格，请核对 14 位网格编码，或留空。');
  return found;
}

/** Staff say what they found on their rounds, residents what they saw, the department what others hand over. */
function sourceOf(tx: Writing, named: GridEventSource | null | undefined, ofStaff: boolean): GridEventSource {
  if (isDepartmentOfficer(tx.subject)) {
    if (named && handedOver.includes(named)) return named;
    throw refuse(['source'], 'REQUIRED', '请填写来源：民生诉求转入或平安深圳平台推送。');
  }
  if (named != null) throw refuse(['source'], 'NOT_ALLOWED', '来源由系统填写，请留空。');
  if (!ofStaff) return 'RESIDENT';
  return tx.subject.roles.includes('community-police') ? 'POLICE' : 'GRID_WORKER';
}

export const gridReportMutations: Resolvers['Mutation'] = {
  reportGridEvent: mutation({
    name: 'reportGridEvent',
    input: z.strictObject({
      communityCode,
      gridCode: id.nullish(),
      kind: z.custom<GridEventKind>(),
      title: text(60),
      description: text(1000).nullish(),
      location: text(100).nullish(),
      source: z.custom<GridEventSource>().nullish(),
      externalNo: text(64).nullish(),
      idempotencyKey: idempotencyKey.nullish(),
    }),
    async run(
      { communityCode: community, gridCode, kind, title, description, location, source, externalNo },
      tx: Writing,
    ) {
      const ofStaff = tx.isRelated({ community });
      const reporter = ofStaff ? null : (tx.subject.residentId ?? null);
      tx.requireRelation(['communityCode'], { community, subject: reporter });
      const from = sourceOf(tx, source, ofStaff);
      if (externalNo != null) {
        if (!handedOver.includes(from))
          throw refuse(['externalNo'], 'NOT_ALLOWED', '只有别的平台转来的事件有来源编号，请留空。');
        await tx.lock(`grid event ${from} ${externalNo}`);
        const before = await tx.all.gridEvent.findFirst({ where: { source: from, externalNo } });
        if (before) throw refuse(['externalNo'], 'DUPLICATE', `该来源编号已有网格事件 ${before.id}，不再另建。`);
      }
      if (reporter) {
        await tx.lock(`reports of ${reporter}`);
        const open = await tx.all.gridEvent.count({
          where: { reporters: { has: reporter }, stage: { not: 'ANALYSED' } },
        });
        if (open >= mostOpenReports) {
          throw refuse(null, 'TOO_MANY', `您已有 ${open} 个上报的事件尚未办结，请待其办结后再上报。`);
        }
      }
      const cell = await cellOf(tx, community, gridCode);
      const event = await openEvent(
        tx,
        {
          kind,
          source: from,
          title,
          description,
          location,
          externalNo,
          gridCode: cell.code,
          communityCode: community,
          reporters: reporter ? [reporter] : [],
        },
        actingRole(tx.subject),
      );
      return { event };
    },
    made: ({ event }) => event.id,
    again: async (id, tx) => ({ event: await tx.all.gridEvent.findUniqueOrThrow({ where: { id } }) }),
  }),
};
