import { communityCode, id, idempotencyKey, instant, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { IncidentKind, IncidentState, Resolvers } from '../generated/graphql.js';
import { datedId } from '../new-id.js';
import { nextStep } from '../queries/course-steps.js';
import { daysLater } from '../shenzhen-day.js';
import { changed, type Writing } from '../writing.js';

const mostParties = 20;
const oldestDays = 30;
const states: readonly IncidentState[] = ['RECEIVED', 'HANDLING', 'CLOSED'];
const stateNames: Record<IncidentState, string> = { RECEIVED: '已接警', HANDLING: '处理中', CLOSED: '已处结' };

/** The latest fourteenth birthday among the parties, who must all be in the register. */
async function minorUntilOf(tx: Writing, parties: readonly string[]): Promise<Date | null> {
  const registered = await tx.all.populationRegistration.findMany({ where: { residentId: { in: [...parties] } } });
  if (registered.length < parties.length) {
    throw refuse(['partyIds'], 'INVALID', '当事人中有人不在人口登记之中，请核对标识。');
  }
  const birthdays = registered.flatMap(({ minorUntil }) => minorUntil ?? []);
  return birthdays.sort((a, b) => b.getTime() - a.getTime())[0] ?? null;
}

export const incidentMutations: Resolvers['Mutation'] = {
  recordIncident: mutation({
    name: 'recordIncident',
    input: z.strictObject({
      communityCode,
      kind: z.custom<IncidentKind>(),
      reportedAt: instant,
      location: text(100),
      summary: text(1000),
      partyIds: z
        .array(id)
        .max(mostParties, { error: `当事人至多 ${mostParties} 人。` })
        .nullish(),
      idempotencyKey: idempotencyKey.nullish(),
    }),
    async run({ communityCode: community, kind, reportedAt, location, summary, partyIds }, tx: Writing) {
      tx.requireRelation(['communityCode'], { community });
      if (reportedAt > tx.now || reportedAt < daysLater(tx.now, -oldestDays)) {
        throw refuse(['reportedAt'], 'INVALID', `接警时间须不晚于现在，不早于 ${oldestDays} 日之前。`);
      }
      const parties = [...new Set(partyIds ?? [])];
      const { staffId } = tx.subject;
      const incident = await tx.all.incident.create({
        data: {
          id: datedId('J', reportedAt),
          kind,
          state: 'RECEIVED',
          reportedAt,
          location,
          summary,
          partyIds: parties,
          communityCode: community,
          handlers: staffId === undefined ? [] : [staffId],
          minorUntil: await minorUntilOf(tx, parties),
        },
      });
      await tx.all.incidentStep.create({
        data: { incidentId: incident.id, number: 1, state: 'RECEIVED', at: tx.now, note: null },
      });
      return { incident };
    },
    made: ({ incident }) => incident.id,
    again: async (id, tx) => ({ incident: await tx.all.incident.findUniqueOrThrow({ where: { id } }) }),
  }),

  moveIncident: mutation({
    name: 'moveIncident',
    input: z.strictObject({ id, expectedVersion: version, to: z.custom<IncidentState>(), note: text(500).nullish() }),
    async run({ id, expectedVersion, to, note }, tx: Writing) {
      const seen = await tx.rows.incident.findUnique({ where: { id } });
      if (!seen) throw refuse(['id'], 'NOT_FOUND', '没有这起警情，或不在您的辖区。');
      if (seen.version !== expectedVersion) throw changed();
      if (states.indexOf(to) <= states.indexOf(seen.state)) {
        const possible = states.slice(states.indexOf(seen.state) + 1).map((state) => `“${stateNames[state]}”`);
        const advice = possible.length ? `只能改为${possible.join('、')}` : '不能再变更';
        throw refuse(['to'], 'WRONG_STATE', `警情的状态为“${stateNames[seen.state]}”，${advice}。`);
      }
      const [incident] = await tx.all.incident.updateManyAndReturn({
        where: { id, version: expectedVersion },
        data: { state: to, version: expectedVersion + 1 },
      });
      if (!incident) throw changed();
      const number = await nextStep(tx, 'incident', id);
      await tx.all.incidentStep.create({
        data: { incidentId: id, number, state: to, at: tx.now, note: note ?? null },
      });
      return { incident };
    },
  }),
};
