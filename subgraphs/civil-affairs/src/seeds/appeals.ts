import type { SyntheticHousehold } from '@linli/kit/population/households';
import { demoCommunity } from '@linli/kit/population/places';
import { randomFor, type Random } from '@linli/kit/population/random';
import { defineSeed } from '@linli/kit/seeding/seed';
import { defaultRules } from '../appeals/defaults.js';
import type { AppealState } from '../generated/graphql.js';
import { courseOf, type SeededAppeal } from './appeal-course.js';
import { demoAppeals } from './appeal-demo.js';
import { drawAppeal, type AppealDraft } from './appeal-draft.js';
import { appealColumns, appealStepColumns, partyColumns, rowsOf, summaryColumns, summaryRow } from './appeal-rows.js';
import { SignalFinder, signalColumns } from './appeal-signals.js';

/** Branches that some of the drawn appeals take instead, with their made-up shares. */
const branches: Partial<Record<AppealState, [share: number, instead: readonly AppealState[]]>> = {
  SUBMITTED: [0.1, ['REJECTED']],
  ACCEPTED: [0.15, ['WITHDRAWN']],
  DISPATCHED: [0.15, ['TRANSFERRED', 'DISPUTED']],
  ANSWERED: [0.2, ['REOPENED']],
};

/** Only somebody who complained withdraws, or has an appeal done again. */
const ofAppellants: readonly AppealState[] = ['WITHDRAWN', 'REOPENED'];

function branched(draft: AppealDraft, random: Random): AppealDraft {
  const [share, instead] = branches[draft.state] ?? [0, []];
  if (!random.chance(share)) return draft;
  const state = random.pick(instead);
  return draft.appellantId === null && ofAppellants.includes(state) ? draft : { ...draft, state };
}

/** Closed appeals of which the public reads a summary; made up. */
const summaryShare = 0.3;

/** Appeals with the courses that led to where they stand, and what follows from them: summaries and warnings. */
export const appealsSeed = defineSeed({
  name: 'appeals',
  tables: {
    appeal_rule: ['category', 'duty_item', 'duty_version', 'duty', 'level', 'bureau', 'working_days'],
    appeal: appealColumns,
    appeal_step: appealStepColumns,
    appeal_party: partyColumns,
    appeal_summary: summaryColumns,
    weak_signal: signalColumns,
  },
  async run({ load, seed, households }) {
    for (const [category, rule] of Object.entries(defaultRules)) {
      const { dutyItem, dutyVersion, duty, level, bureau, workingDays } = rule;
      load.row('appeal_rule', [category, dutyItem, dutyVersion, duty, level, bureau, workingDays]);
    }
    const signals = new SignalFinder();
    const keep = (appeal: SeededAppeal) => {
      signals.add(appeal.draft);
      for (const [table, cells] of rowsOf(appeal)) load.row(table as 'appeal', cells);
      const random = randomFor(seed, 'appeal-summary', appeal.draft.no);
      if (appeal.course.state === 'CLOSED' && random.chance(summaryShare))
        load.row('appeal_summary', summaryRow(appeal));
    };
    const heads: { id: string; householdId: string }[] = [];
    for (const household of households()) {
      if (household.communityCode === demoCommunity && household.index > 0 && heads.length < 12)
        heads.push(headOf(household));
      const draft = drawAppeal(household, randomFor(seed, 'services', household.index));
      if (draft) keep(courseOf(branched(draft, randomFor(seed, 'appeal-branch', draft.no)), seed));
      await load.flushIfFull();
    }
    // The demo community's own window handles these, so that its demo users can take each of them further.
    const inDemo = demoAppeals(heads);
    const main = courseOf(
      inDemo.find(({ state }) => state === 'HANDLING')!,
      seed,
      { lead: demoCommunity },
    );
    for (const draft of inDemo) {
      const isMain = draft.no === main.draft.no;
      keep(isMain ? main : courseOf(draft, seed, { lead: demoCommunity, main: main.course }));
    }
    for (const cells of signals.rows()) load.row('weak_signal', cells);
  },
});

function headOf({ id, members }: SyntheticHousehold): { id: string; householdId: string } {
  return { id: members[0]!.id, householdId: id };
}
