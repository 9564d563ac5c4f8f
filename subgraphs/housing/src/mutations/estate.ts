import { refuse } from '@linli/kit/writing/refusal';
import type { Building, HousingUnit, PropertyProject } from '../generated/prisma/client.js';
import type { Tx } from '../context.js';

/** What of an estate says who may write there. */
export function factsOf({ communityCode, handlers }: { communityCode: string; handlers: string[] }) {
  return { community: communityCode, assigned: handlers };
}

/** The estate that something is made for, where the caller may. @throws Refusal NOT_FOUND, NOT_ALLOWED */
export async function estateFor(tx: Tx, id: string): Promise<PropertyProject> {
  const project = await tx.all.propertyProject.findUnique({ where: { id } });
  if (!project) throw refuse(['projectId'], 'NOT_FOUND', '没有这个物业项目，请核对标识。');
  tx.requireRelation(['projectId'], factsOf(project));
  return project;
}

/** @throws Refusal NOT_FOUND */
export async function buildingAt(tx: Tx, field: string[], code: string): Promise<Building> {
  const building = await tx.all.building.findUnique({ where: { code } });
  if (!building) throw refuse(field, 'NOT_FOUND', '没有这个楼栋，请核对 19 位楼栋编码。');
  return building;
}

/** @throws Refusal NOT_FOUND */
export async function unitAt(tx: Tx, field: string[], code: string): Promise<HousingUnit> {
  const unit = await tx.all.housingUnit.findUnique({ where: { code } });
  if (!unit) throw refuse(field, 'NOT_FOUND', '没有这套房屋，请核对 25 位房屋编码。');
  return unit;
}

/** Whose a home is: those who live there and those who own it. */
export async function peopleOf(tx: Tx, unit: Pick<HousingUnit, 'code' | 'occupants'>): Promise<string[]> {
  const ownership = await tx.all.unitOwnership.findUnique({ where: { unitCode: unit.code } });
  return [...unit.occupants, ...(ownership?.owners ?? [])];
}

/**
 * The estate of a home whose owner is writing. Whether a home has an owner whom the hub knows is not told to others.
 * @throws Refusal NOT_ALLOWED
 */
export async function ownedEstate(tx: Tx, unitCode: string): Promise<PropertyProject> {
  const ownership = await tx.all.unitOwnership.findUnique({ where: { unitCode } });
  if (!ownership || !tx.isRelated({ subject: ownership.owners })) {
    throw refuse(['unitCode'], 'NOT_ALLOWED', '只有房屋的产权人可以办理，请核对房屋编码。');
  }
  const building = await tx.all.building.findUniqueOrThrow({ where: { code: unitCode.slice(0, 19) } });
  return tx.all.propertyProject.findUniqueOrThrow({ where: { id: building.projectId } });
}
