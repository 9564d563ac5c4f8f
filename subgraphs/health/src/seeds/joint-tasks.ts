import { demoCommunity } from '@linli/kit/population/places';
import type { JointTaskParty, JointTaskState } from '../generated/graphql.js';
import { jointParties, partyStaff } from '../joint-parties.js';
import { minutesAfter } from './days.js';
import type { SeededEvent } from './events.js';

export interface SeededJointTask {
  id: string;
  eventId: string;
  party: JointTaskParty;
  communityCode: string;
  content: string;
  state: JointTaskState;
  dueAt: string;
  handlers: string[];
  report: { state: JointTaskState; at: string; staffId: string; text: string } | null;
}

/** The joint tasks of the seeded events: done where the event has ended; of others the clinic's part has begun. */
export function jointTasks(events: readonly SeededEvent[]): SeededJointTask[] {
  return events.flatMap(({ id, communityCode, publishedAt, state }) =>
    jointParties.map(({ party, content, hours }) => {
      const begun = party === 'HEALTH_FACILITY' && communityCode !== demoCommunity;
      const taskState = state === 'ENDED' ? 'DONE' : begun ? 'IN_PROGRESS' : 'PENDING';
      const handlers = partyStaff(party, communityCode);
      const at = minutesAfter(publishedAt, 12 * 60);
      return {
        id: `${id}-${party.toLowerCase().replaceAll('_', '-')}`,
        eventId: id,
        party,
        communityCode,
        content,
        state: taskState,
        dueAt: minutesAfter(publishedAt, hours * 60),
        handlers,
        report:
          taskState === 'PENDING'
            ? null
            : { state: taskState, at, staffId: handlers[0]!, text: '示例：已按任务内容开展。' },
      };
    }),
  );
}
