import { geography } from '@linli/schema/geography';
import { communityCode, id, phone, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import { changed, conflict, found, newId, requireVersion, type Tx } from './change.js';

const kinds = ['MEDIATION', 'PUBLIC_ORDER', 'PUBLIC_HEALTH', 'ENVIRONMENT_PROPERTY', 'SOCIAL_SERVICE'] as const;

const subCommitteeInput = z
  .strictObject({
    communityCode,
    kind: z.enum(kinds),
    expectedVersion: version.nullish(),
    established: z.boolean(),
    chairId: id.nullish(),
  })
  .refine(({ established, chairId }) => established === (chairId != null), {
    path: ['chairId'],
    error: '设立的委员会须有主任，未设立的不填主任。',
  });

/** A member of the community's two committees who is in post may chair it (两委班子成员兼任). */
async function requireChair(tx: Tx, chairId: string, community: string): Promise<void> {
  const chair = await tx.all.communityWorker.findUnique({ where: { id: chairId } });
  if (chair?.communityCode !== community || !chair.inPost) {
    throw refuse(['chairId'], 'NOT_FOUND', '本社区没有这位在岗的社区工作者，请核对。');
  }
  if (chair.post !== 'SECRETARY' && chair.post !== 'COMMITTEE_MEMBER') {
    throw refuse(['chairId'], 'INVALID', '主任由社区“两委”班子成员兼任，请选择书记或两委委员。');
  }
}

export const setSubCommittee = mutation({
  name: 'setSubCommittee',
  input: subCommitteeInput,
  async run(input: z.infer<typeof subCommitteeInput>, tx: Tx) {
    const { communityCode: code, kind, expectedVersion, established } = input;
    const chairId = input.chairId ?? null;
    tx.requireRelation(['communityCode'], { community: code });
    if (chairId !== null) await requireChair(tx, chairId, code);
    const key = `${code}-${kind}`;
    const there = await tx.all.subCommittee.findUnique({ where: { id: key } });
    const establishedOn = established ? (there?.establishedOn ?? tx.now) : null;
    if (!there) {
      if (expectedVersion != null) throw conflict();
      const data = { id: key, communityCode: code, kind, established, chairId, establishedOn };
      return { subCommittee: await tx.all.subCommittee.create({ data }) };
    }
    requireVersion(there, expectedVersion);
    const subCommittee = changed(
      await tx.all.subCommittee.updateManyAndReturn({
        where: { id: key, version: there.version },
        data: { established, chairId, establishedOn, version: { increment: 1 } },
      }),
    );
    return { subCommittee };
  },
  duplicate: conflict(),
});

const places = new Map<string, string[]>(
  [
    [geography.city.code, [geography.city.code]],
    ...geography.districts.map(({ id: district, prefixes }) => [district, prefixes] as const),
  ].map(([place, prefixes]) => [place as string, prefixes as string[]]),
);

const liaisonInput = z.strictObject({
  placeId: id,
  unit: text(50),
  name: text(50),
  title: text(50),
  phone: phone.nullish(),
  expectedVersion: version.nullish(),
});

/** A unit names its one contact for the joint mechanism (联席机制); a new one takes the place of the last. */
export const setLiaison = mutation({
  name: 'setLiaison',
  input: liaisonInput,
  async run({ expectedVersion, ...liaison }: z.infer<typeof liaisonInput>, tx: Tx) {
    const { placeId, unit, name, title } = liaison;
    const prefixes = found(places.get(placeId), 'placeId', '区');
    if (!prefixes.every((prefix) => tx.isRelated({ community: prefix }))) {
      throw refuse(['placeId'], 'NOT_ALLOWED', '您无权登记这一级联席机制的联系人。');
    }
    const contact = { name, title, phone: liaison.phone ?? null, updatedOn: tx.now };
    const there = await tx.all.liaison.findUnique({ where: { placeId_unit: { placeId, unit } } });
    if (!there) {
      if (expectedVersion != null) throw conflict();
      return {
        liaison: await tx.all.liaison.create({ data: { ...contact, id: newId('liaison-'), placeId, prefixes, unit } }),
      };
    }
    requireVersion(there, expectedVersion);
    const row = changed(
      await tx.all.liaison.updateManyAndReturn({
        where: { id: there.id, version: there.version },
        data: { ...contact, version: { increment: 1 } },
      }),
    );
    return { liaison: row };
  },
  duplicate: conflict(),
});
