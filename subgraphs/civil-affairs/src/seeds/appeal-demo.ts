import { referenceDate } from '@linli/kit/population/households';
import { demoCommunity } from '@linli/kit/population/places';
import type { AppealState } from '../generated/graphql.js';
import { stateNames } from '../appeals/states.js';
import { appealNo, categories, type AppealDraft } from './appeal-draft.js';

/** Where the numbers of these begin, past those of all households. */
const firstSerial = 99_000_000;

const hoursBefore = (hours: number) => new Date(Date.parse(`${referenceDate}T00:00:00Z`) - hours * 3_600_000);

/** States that are the demo family's own: what they can still confirm, rate, withdraw or look back on. */
const ownStates: readonly AppealState[] = ['SUBMITTED', 'ANSWERED', 'CONFIRMED', 'CLOSED'];

/**
 * Appeals of the demo community, so that examples show something of each state, and a week in which many complain about
 * the same.
 * @param heads heads of other households of the community; where there are too few, somebody called the hotline
 */
export function demoAppeals(heads: readonly { id: string; householdId: string }[]): AppealDraft[] {
  let serial = firstSerial;
  const draft = (
    submittedAt: Date,
    rest: Partial<AppealDraft> & Pick<AppealDraft, 'state' | 'category'>,
  ): AppealDraft => ({
    no: appealNo(submittedAt, serial++),
    submittedAt,
    communityCode: demoCommunity,
    channel: 'ONLINE',
    appellantId: 'demo-resident',
    householdId: 'demo-household',
    ...rest,
  });
  const states = Object.keys(stateNames) as AppealState[];
  const ofEachState = states.map((state, i) => {
    const category = categories[i % categories.length]!;
    const submittedAt = hoursBefore(24 * 90 + i * 61);
    const head = heads[i % heads.length];
    if (!head || ownStates.includes(state)) return draft(submittedAt, { state, category });
    return draft(submittedAt, {
      state,
      category,
      channel: 'WINDOW',
      appellantId: head.id,
      householdId: head.householdId,
    });
  });
  const cluster = Array.from({ length: 9 }, (_, i) => {
    const head = heads[i];
    const from = head
      ? { appellantId: head.id, householdId: head.householdId }
      : ({ appellantId: null, channel: 'HOTLINE' } as const);
    return draft(hoursBefore(9 + i * 17), {
      state: i % 2 === 0 ? 'SUBMITTED' : 'ACCEPTED',
      category: 'NOISE',
      ...from,
    });
  });
  return [...ofEachState, ...cluster];
}
