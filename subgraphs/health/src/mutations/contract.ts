import { randomUUID } from 'node:crypto';
import { count, id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import { isMinor } from '@linli/kit/minor';
import type { FamilyDoctorContractState, FamilyDoctorPackage, Resolvers } from '../generated/graphql.js';
import type { FamilyDoctorContract, HealthRecord } from '../generated/prisma/client.js';
import { expireContracts } from '../queries/expire-contracts.js';
import { dayOf, isoDay, plusDays, plusMonths } from '../today.js';
import { handTo, recordOf } from './patient.js';
import { missing, partId, stale, updated, type Tx } from './transaction.js';

/** Days before its expiry from which a contract can be renewed; a default of this hub. */
const renewableDays = 90;

const years = count(1, 3);

const stateNames: Readonly<Record<FamilyDoctorContractState, string>> = {
  ACTIVE: '有效',
  EXPIRED: '已到期',
  ENDED: '已解约',
};

function requirePackage(chosen: FamilyDoctorPackage, record: HealthRecord, now: Date): void {
  if (chosen === 'CHILD' && !isMinor(record.minorUntil, now.getTime())) {
    throw refuse(['package'], 'INVALID', '儿童服务包限不满十四周岁的居民，请选择其他服务包。');
  }
  if (chosen === 'ELDER' && record.minorUntil !== null) {
    throw refuse(['package'], 'INVALID', '老年人服务包不适用于未成年人，请选择儿童服务包。');
  }
  if (chosen === 'CHRONIC' && record.chronicConditions.length === 0) {
    throw refuse(['package'], 'INVALID', '档案未载明慢性病，请选择其他服务包，或先由医生更新档案。');
  }
}

async function activeContract(tx: Tx, wanted: string, expectedVersion: number): Promise<FamilyDoctorContract> {
  const contract = await tx.rows.familyDoctorContract.findUnique({ where: { id: wanted } });
  if (!contract) throw missing('id', '份签约');
  const { state, expiresOn } = contract;
  const over = state === 'ACTIVE' && expiresOn < dayOf(tx.now);
  if (state !== 'ACTIVE' || over) {
    const shown = stateNames[over ? 'EXPIRED' : state];
    throw refuse(['id'], 'WRONG_STATE', `这份签约${shown}，只有有效的签约可以续签、解约；请重新签约。`);
  }
  if (contract.version !== expectedVersion) throw stale();
  return contract;
}

async function enter(
  tx: Tx,
  { id: contractId, expiresOn }: FamilyDoctorContract,
  change: 'RENEWED' | 'ENDED',
  reason: string | null,
): Promise<void> {
  const number = (await tx.all.familyDoctorContractEntry.count({ where: { contractId } })) + 1;
  const entry = { id: partId(contractId, number), contractId, number, change, on: dayOf(tx.now), expiresOn, reason };
  await tx.all.familyDoctorContractEntry.create({ data: entry });
}

/** Contracts with family doctors. Only residents and guardians enter into one: by it a doctor gets to see their health. */
export const contractMutations: Resolvers['Mutation'] = {
  signFamilyDoctor: mutation({
    name: 'signFamilyDoctor',
    input: z.strictObject({
      residentId: id,
      doctorId: id,
      package: z.enum(['BASIC', 'CHILD', 'ELDER', 'CHRONIC']),
      years,
      idempotencyKey: idempotencyKey.nullish(),
    }),
    async run(input, tx: Tx) {
      const record = await recordOf(tx, input.residentId);
      requirePackage(input.package, record, tx.now);
      const doctor = await tx.all.familyDoctor.findUnique({ where: { id: input.doctorId } });
      if (!doctor) throw refuse(['doctorId'], 'NOT_FOUND', '没有这位家庭医生，请重新选择。');
      await tx.lock(`family-doctor-contract/${input.residentId}`);
      const today = dayOf(tx.now);
      const current = await tx.all.familyDoctorContract.findUnique({ where: { currentResidentId: input.residentId } });
      if (current && current.expiresOn >= today) {
        const until = isoDay(current.expiresOn);
        throw refuse(['residentId'], 'DUPLICATE', `已有有效签约，至 ${until}；可在到期前续签，或先解约。`);
      }
      if (current) await expireContracts(tx, today, [current.id]);
      const { count: claimed } = await tx.all.familyDoctor.updateMany({
        where: { id: doctor.id, signed: { lt: tx.all.familyDoctor.fields.capacity } },
        data: { signed: { increment: 1 } },
      });
      if (claimed === 0) throw refuse(['doctorId'], 'FULL', '这位家庭医生的签约人数已满，请选择其他医生。');
      const contract = await tx.all.familyDoctorContract.create({
        data: {
          id: randomUUID(),
          residentId: input.residentId,
          currentResidentId: input.residentId,
          communityCode: record.communityCode,
          doctorId: doctor.id,
          doctor: doctor.name,
          facilityId: doctor.facilityId,
          package: input.package,
          signedOn: today,
          expiresOn: plusDays(plusMonths(today, 12 * input.years), -1),
          handlers: [doctor.id],
          minorUntil: record.minorUntil,
        },
      });
      await handTo(tx, input.residentId, [doctor.id]);
      return { contract };
    },
    made: ({ contract }) => contract.id,
    again: async (made, tx) => ({
      contract: await tx.all.familyDoctorContract.findUniqueOrThrow({ where: { id: made } }),
    }),
  }),
  renewFamilyDoctorContract: mutation({
    name: 'renewFamilyDoctorContract',
    input: z.strictObject({ id, years, expectedVersion: version }),
    async run(input, tx: Tx) {
      const { expiresOn } = await activeContract(tx, input.id, input.expectedVersion);
      const from = plusDays(expiresOn, -renewableDays);
      if (from > dayOf(tx.now)) {
        throw refuse(['id'], 'WRONG_STATE', `到期前 ${renewableDays} 天内可以续签，请在 ${isoDay(from)} 之后办理。`);
      }
      const changed = await tx.rows.familyDoctorContract.updateManyAndReturn({
        where: { id: input.id, version: input.expectedVersion },
        data: { expiresOn: plusMonths(expiresOn, 12 * input.years), version: { increment: 1 } },
      });
      const contract = updated(changed);
      await enter(tx, contract, 'RENEWED', null);
      return { contract };
    },
  }),
  endFamilyDoctorContract: mutation({
    name: 'endFamilyDoctorContract',
    input: z.strictObject({ id, reason: text(200), expectedVersion: version }),
    async run(input, tx: Tx) {
      const { residentId, doctorId } = await activeContract(tx, input.id, input.expectedVersion);
      const changed = await tx.rows.familyDoctorContract.updateManyAndReturn({
        where: { id: input.id, version: input.expectedVersion },
        data: {
          state: 'ENDED',
          endedOn: dayOf(tx.now),
          currentResidentId: null,
          handlers: [],
          version: { increment: 1 },
        },
      });
      const contract = updated(changed);
      await enter(tx, contract, 'ENDED', input.reason);
      await tx.all.familyDoctor.updateMany({ where: { id: doctorId }, data: { signed: { decrement: 1 } } });
      await handTo(tx, residentId, []);
      return { contract };
    },
  }),
};
