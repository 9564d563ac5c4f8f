import type { SystemContext } from '@linli/kit/writing/system';
import type { Database } from '../database.js';
import type { AppealCategory, AppealChannel } from '../generated/graphql.js';
import type { Appeal } from '../generated/prisma/client.js';
import { nextSerial } from '../queries/appeal-rows.js';
import { firstStep } from './advance.js';
import type { Act } from './course.js';
import { newCourse } from './new-course.js';
import { ruleOf } from './rules.js';
import { dayOf } from '../working-days.js';

/** What comes in. */
export interface Intake {
  readonly communityCode: string;
  readonly category: AppealCategory;
  readonly channel: AppealChannel;
  readonly title: string;
  readonly content: string;
  readonly appellantId: string | null;
  readonly minorUntil: Date | null;
  readonly anonymous: boolean;
  readonly aboutUnit: string | null;
}

/** Begins a course: the appeal, its first step, and the event that tells of it. */
export async function takeIn(tx: SystemContext<Database>, intake: Intake, act: Act): Promise<Appeal> {
  const { category, communityCode, channel } = intake;
  const serial = String(await nextSerial(tx)).padStart(8, '0');
  const no = `A${dayOf(tx.now).replaceAll('-', '')}${serial}`;
  const { appellantId, aboutUnit, anonymous, title, content, minorUntil } = intake;
  const facts = { no, channel, communityCode, appellantId, aboutUnit, anonymous };
  const course = newCourse(facts, tx.now, await ruleOf(tx, category));
  const appeal = await tx.all.appeal.create({
    data: { ...course, category, title, content, minorUntil, submittedAt: tx.now },
  });
  await tx.all.appealStep.create({ data: firstStep(no, act, tx.now) });
  await tx.emit({ type: 'AppealSubmitted', key: no, data: { no, category, communityCode, channel } });
  return appeal;
}
