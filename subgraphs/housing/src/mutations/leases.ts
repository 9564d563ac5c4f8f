import { day, id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Tx } from '../context.js';
import type { HousingUnit, LeaseFiling, Tenancy } from '../generated/prisma/client.js';
import type { MutationResolvers } from '../generated/graphql.js';
import { dateIn } from '../today.js';
import { actorOf, newId, recordStep, requireChanged, requireVersion } from './case.js';
import { unitCode, yuan } from './fields.js';
import { unitAt } from './estate.js';

/** The longest lease there may be (Civil Code, article 705). */
const mostYears = 20;
const dayMs = 86_400_000;

const rent = yuan
  .min(1, { error: '月租金应大于 0 元。' })
  .max(1_000_000, { error: '月租金不超过 1000000 元，请核对。' });

/** @throws Refusal INVALID where a lease would end before it begins, or last too long */
function requireTerm(startsOn: Date, endsOn: Date): void {
  if (endsOn <= startsOn) throw refuse(['endsOn'], 'INVALID', '租期截止日应晚于起始日。');
  const latest = new Date(startsOn);
  latest.setUTCFullYear(latest.getUTCFullYear() + mostYears);
  if (endsOn > latest) throw refuse(['endsOn'], 'INVALID', '租期不超过 20 年（《民法典》第七百零五条）。');
}

interface People {
  occupants: string[];
  owners: string[];
}

interface Lease {
  unitCode: string;
  householdId: string;
  tenantId: string;
  startsOn: Date;
  endsOn: Date;
  monthlyRent: number;
}

/**
 * The registration behind a filing: the one that the household has without a filing, or a new one of an empty home. What
 * is registered already its tenant may file; into an empty home only its owner, or the community's staff, may let somebody.
 */
async function registered(tx: Tx, lease: Lease, unit: HousingUnit, people: People): Promise<Tenancy> {
  const { startsOn, endsOn, monthlyRent, tenantId, householdId } = lease;
  const { occupants, owners } = people;
  const there = await tx.all.tenancy.findUnique({ where: { unitCode: unit.code } });
  const own = there?.tenantId === tenantId ? [tenantId] : [];
  tx.requireRelation(['unitCode'], { subject: [...owners, ...own], community: unit.communityCode });
  if (!there) {
    await tx.all.housingUnit.update({
      where: { code: unit.code },
      data: { occupied: true, tenure: 'RENTED', occupants },
    });
    return tx.all.tenancy.create({
      data: {
        id: newId('t'),
        kind: 'RENTED',
        ...{ startsOn, endsOn, monthlyRent, tenantId, householdId, occupants },
        unitCode: unit.code,
        communityCode: unit.communityCode,
        handlers: unit.handlers,
      },
    });
  }
  const filed = await tx.all.leaseFiling.findUnique({ where: { tenancyId: there.id } });
  if (filed || there.kind === 'OWNED' || there.householdId !== householdId || there.tenantId !== tenantId) {
    throw refuse(['unitCode'], 'DUPLICATE', '这套房屋已有现行登记，请先终止原租赁，或核对房屋编码。');
  }
  return tx.all.tenancy.update({ where: { id: there.id }, data: { startsOn, endsOn, monthlyRent } });
}

const fileTenancy = mutation({
  name: 'fileTenancy',
  input: z.strictObject({
    unitCode,
    householdId: id,
    tenantId: id,
    occupantIds: z.array(id).max(20, { error: '同住人至多 20 人。' }).nullish(),
    startsOn: day,
    endsOn: day,
    monthlyRent: rent,
    idempotencyKey: idempotencyKey.nullish(),
  }),
  duplicate: refuse(['householdId'], 'DUPLICATE', '这一户或这套房屋已有现行登记，请先终止原租赁。'),
  async run(input, tx: Tx) {
    requireTerm(input.startsOn, input.endsOn);
    if (input.startsOn.getTime() > dateIn(tx.now).getTime() + 365 * dayMs) {
      throw refuse(['startsOn'], 'INVALID', '租期起始日不晚于一年之后。');
    }
    if (input.endsOn < dateIn(tx.now)) throw refuse(['endsOn'], 'INVALID', '租期已过，不能备案。');
    await tx.lock(`unit:${input.unitCode}`);
    const unit = await unitAt(tx, ['unitCode'], input.unitCode);
    if (unit.usage === 'COMMERCIAL') {
      throw refuse(['unitCode'], 'INVALID', '商业、办公用房不在住宅租赁备案之列，请核对房屋编码。');
    }
    const occupants = [...new Set([input.tenantId, ...(input.occupantIds ?? [])])];
    const ownership = await tx.all.unitOwnership.findUnique({ where: { unitCode: unit.code } });
    const owners = ownership?.owners ?? [];
    const tenancy = await registered(tx, input, unit, { occupants, owners });
    const parties = [...new Set([...occupants, ...owners])];
    const { startsOn, endsOn, monthlyRent, householdId, tenantId } = input;
    const filing = await tx.all.leaseFiling.create({
      data: {
        id: newId('l'),
        ...{ startsOn, endsOn, monthlyRent, householdId, tenantId, parties },
        filedOn: dateIn(tx.now),
        unitCode: unit.code,
        tenancyId: tenancy.id,
        communityCode: unit.communityCode,
        handlers: tx.subject.staffId === undefined ? [] : [tx.subject.staffId],
      },
    });
    await recordStep(tx, { caseId: filing.id, state: 'FILED', actor: actorOf(tx) });
    await tx.emit({ type: 'TenancyFiled', key: unit.code, data: eventData(filing) });
    return { filing, tenancy };
  },
  made: ({ filing }) => filing.id,
  again: async (made, tx) => {
    const filing = await tx.all.leaseFiling.findUniqueOrThrow({ where: { id: made } });
    const tenancy = filing.tenancyId && (await tx.all.tenancy.findUnique({ where: { id: filing.tenancyId } }));
    return { filing, tenancy: tenancy as Tenancy };
  },
});

function eventData({ id: filingId, unitCode: unit, householdId, communityCode, state }: LeaseFiling) {
  return { filingId, unitCode: unit, householdId, communityCode, state };
}

/** A filing that the caller may write, as they looked at it and still running. */
async function running(tx: Tx, filingId: string, expected: number): Promise<LeaseFiling> {
  const filing = await tx.rows.leaseFiling.findUnique({ where: { id: filingId } });
  if (!filing) throw refuse(['filingId'], 'NOT_FOUND', '没有这份租赁登记备案，或您无权办理。');
  requireVersion(filing, expected);
  if (filing.state === 'ENDED') throw refuse(['filingId'], 'WRONG_STATE', '这份租赁已终止，不能再办理；请重新备案。');
  return filing;
}

const renewTenancy = mutation({
  name: 'renewTenancy',
  input: z.strictObject({ filingId: id, endsOn: day, monthlyRent: rent, expectedVersion: version }),
  async run({ filingId, endsOn, monthlyRent, expectedVersion }, tx: Tx) {
    const before = await running(tx, filingId, expectedVersion);
    if (endsOn <= before.endsOn) throw refuse(['endsOn'], 'INVALID', '续租的截止日应晚于现在的截止日。');
    requireTerm(before.endsOn, endsOn);
    const where = { id: filingId, version: expectedVersion };
    requireChanged(
      await tx.rows.leaseFiling.updateMany({ where, data: { endsOn, monthlyRent, version: { increment: 1 } } }),
    );
    await tx.all.tenancy.updateMany({ where: { id: before.tenancyId! }, data: { endsOn, monthlyRent } });
    await recordStep(tx, { caseId: filingId, state: 'RENEWED', actor: actorOf(tx) });
    const filing = await tx.all.leaseFiling.findUniqueOrThrow({ where: { id: filingId } });
    await tx.emit({ type: 'TenancyRenewed', key: filing.unitCode, data: eventData(filing) });
    return { filing };
  },
});

const endTenancy = mutation({
  name: 'endTenancy',
  input: z.strictObject({ filingId: id, reason: text(200).nullish(), expectedVersion: version }),
  async run({ filingId, reason, expectedVersion }, tx: Tx) {
    const before = await running(tx, filingId, expectedVersion);
    const ended = { state: 'ENDED', endedOn: dateIn(tx.now), tenancyId: null, version: { increment: 1 } } as const;
    requireChanged(
      await tx.rows.leaseFiling.updateMany({ where: { id: filingId, version: expectedVersion }, data: ended }),
    );
    await tx.all.tenancy.deleteMany({ where: { id: before.tenancyId! } });
    const project = await tx.all.propertyProject.findFirst({
      where: { id: (await tx.all.building.findUnique({ where: { code: before.unitCode.slice(0, 19) } }))!.projectId },
    });
    await tx.all.housingUnit.update({
      where: { code: before.unitCode },
      data: { occupied: false, tenure: null, occupants: [], handlers: project!.handlers },
    });
    await recordStep(tx, { caseId: filingId, state: 'ENDED', note: reason, actor: actorOf(tx) });
    const filing = await tx.all.leaseFiling.findUniqueOrThrow({ where: { id: filingId } });
    await tx.emit({ type: 'TenancyEnded', key: filing.unitCode, data: eventData(filing) });
    return { filing };
  },
});

/** Leases: filed, renewed and ended. One home has one registration, and so has one household: the database holds it. */
export const leaseMutations: MutationResolvers = { fileTenancy, renewTenancy, endTenancy };
