import { id, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import { isValid } from '../resolvers/base-data.js';
import { changed, found, newId, requireVersion, type Tx } from './change.js';

const grantInput = z.strictObject({ licenceId: id, itemCode: id });

/** A holder, or a guardian for them, agrees to a licence being used for one service. */
export const grantLicenceConsent = mutation({
  name: 'grantLicenceConsent',
  input: grantInput,
  async run({ licenceId, itemCode }: z.infer<typeof grantInput>, tx: Tx) {
    const licence = found(await tx.rows.licence.findUnique({ where: { id: licenceId } }), 'licenceId', '电子证照');
    if (!isValid(licence)) throw refuse(['licenceId'], 'INVALID', '这件电子证照已失效，不能用来办理。');
    const materials = await tx.all.serviceMaterial.findMany({ where: { itemCode } });
    if (!materials.some(({ licenceKind }) => licenceKind === licence.kind)) {
      throw refuse(['itemCode'], 'INVALID', '该事项不需要这种电子证照，请核对材料清单。');
    }
    await tx.lock(`consent:${licenceId}:${itemCode}`);
    const given = await tx.all.licenceConsent.findFirst({ where: { licenceId, itemCode, withdrawnAt: null } });
    if (given) throw refuse(null, 'DUPLICATE', '已经同意过，不必再次同意。');
    const { holderId, communityCode, minorUntil } = licence;
    const consent = await tx.all.licenceConsent.create({
      data: { id: newId('k'), holderId, communityCode, licenceId, itemCode, givenAt: tx.now, minorUntil },
    });
    return { consent };
  },
});

const withdrawInput = z.strictObject({ consentId: id, expectedVersion: version });

export const withdrawLicenceConsent = mutation({
  name: 'withdrawLicenceConsent',
  input: withdrawInput,
  async run({ consentId, expectedVersion }: z.infer<typeof withdrawInput>, tx: Tx) {
    const row = found(await tx.rows.licenceConsent.findUnique({ where: { id: consentId } }), 'consentId', '同意');
    requireVersion(row, expectedVersion);
    if (row.withdrawnAt) throw refuse(null, 'WRONG_STATE', '这项同意已经撤回。');
    const consent = changed(
      await tx.rows.licenceConsent.updateManyAndReturn({
        where: { id: consentId, version: expectedVersion },
        data: { withdrawnAt: tx.now, version: { increment: 1 } },
      }),
    );
    return { consent };
  },
});
