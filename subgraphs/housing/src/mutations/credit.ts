import { id, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { geography } from '@linli/schema/geography';
import { z } from 'zod';
import type { Tx } from '../context.js';
import type { MutationResolvers } from '../generated/graphql.js';
import { dateIn, yearIn } from '../today.js';
import { newId, requireVersion } from './case.js';
import { year } from './fields.js';

const mostEntries = 2000;

const entry = z.strictObject({
  subject: z.enum(['COMPANY', 'PROJECT_LEADER']),
  id,
  listing: z.enum(['INCENTIVE', 'RISK'], { error: '名单只有激励名单与风险名单；未列入的不必填写。' }),
  grade: z.enum(['A', 'B', 'C', 'D']),
  reason: text(200),
});
type Entry = z.infer<typeof entry>;

/** The company of each entry, in order. @throws Refusal naming each entry that is there twice or names nothing */
async function companiesOf(tx: Tx, entries: readonly Entry[]): Promise<string[]> {
  const ids = (subject: Entry['subject']) => entries.filter((each) => each.subject === subject).map((each) => each.id);
  const companies = await tx.all.propertyCompany.findMany({ where: { id: { in: ids('COMPANY') } } });
  const projects = await tx.all.propertyProject.findMany({ where: { id: { in: ids('PROJECT_LEADER') } } });
  const known = new Map([
    ...companies.map((each): [string, string] => [`COMPANY ${each.id}`, each.id]),
    ...projects.map((each): [string, string] => [`PROJECT_LEADER ${each.id}`, each.companyId]),
  ]);
  const seen = new Set<string>();
  return entries.map((each, i) => {
    const key = `${each.subject} ${each.id}`;
    const company = known.get(key);
    if (company === undefined) {
      throw refuse(['entries', String(i), 'id'], 'NOT_FOUND', '没有这个企业或物业项目，请核对标识。');
    }
    if (seen.has(key)) throw refuse(['entries', String(i), 'id'], 'DUPLICATE', '同一名单中列入了两次，请删去一条。');
    seen.add(key);
    return company;
  });
}

/** The companies' standing by the latest list; how often they are inspected follows from it. */
async function applyListings(tx: Tx, listYear: number, entries: readonly Entry[]): Promise<void> {
  await tx.all.propertyCompany.updateMany({
    where: { listing: { not: 'NONE' } },
    data: { listing: 'NONE', listingYear: null },
  });
  for (const { id: company, listing, grade } of entries.filter((each) => each.subject === 'COMPANY')) {
    await tx.all.propertyCompany.update({ where: { id: company }, data: { listing, grade, listingYear: listYear } });
  }
}

const publishCreditList = mutation({
  name: 'publishCreditList',
  input: z.strictObject({
    year,
    entries: z
      .array(entry)
      .min(1, { error: '名单至少一条。' })
      .max(mostEntries, { error: `名单至多 ${mostEntries} 条。` }),
    expectedVersion: version.nullish(),
  }),
  async run({ year: listYear, entries, expectedVersion }, tx: Tx) {
    tx.requireRelation(null, { community: geography.city.code });
    if (listYear > yearIn(tx.now)) throw refuse(['year'], 'INVALID', '名单年度不晚于今年。');
    const listId = String(listYear);
    await tx.lock('credit-lists');
    const before = await tx.all.creditList.findUnique({ where: { id: listId } });
    if (before && expectedVersion == null) {
      throw refuse(['year'], 'DUPLICATE', '该年度名单已公布；更正请送读到的版本号。');
    }
    if (!before && expectedVersion != null) {
      throw refuse(['expectedVersion'], 'NOT_FOUND', '该年度名单尚未公布，首次公布不送版本号。');
    }
    if (before) requireVersion(before, expectedVersion!);
    const companies = await companiesOf(tx, entries);
    const publishedOn = dateIn(tx.now);
    const list = await tx.all.creditList.upsert({
      where: { id: listId },
      create: { id: listId, publishedOn },
      update: { publishedOn, version: { increment: 1 } },
    });
    await tx.all.creditListEntry.deleteMany({ where: { listId } });
    await tx.all.creditListEntry.createMany({
      data: entries.map(({ id: subjectId, ...rest }, i) => ({
        id: newId('c'),
        listId,
        subjectId,
        companyId: companies[i]!,
        ...rest,
      })),
    });
    const latest = await tx.all.creditList.findFirst({ orderBy: { id: 'desc' } });
    if (latest?.id === listId) await applyListings(tx, listYear, entries);
    const counted = (listing: Entry['listing']) => entries.filter((each) => each.listing === listing).length;
    await tx.emit({
      type: 'CreditListPublished',
      key: listId,
      data: { year: listYear, version: list.version, incentive: counted('INCENTIVE'), risk: counted('RISK') },
    });
    return { list };
  },
});

/** Yearly lists of companies and project leaders. */
export const creditMutations: MutationResolvers = { publishCreditList };
