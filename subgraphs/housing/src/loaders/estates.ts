import { loadByKey, loadByParent } from '@linli/kit/loaders';
import { childrenOf, rowByKey } from '@linli/kit/paging/table';
import type { Reader } from '@linli/kit/scope/reader';
import type { Database } from '../database.js';
import type { RatingTarget } from '../generated/graphql.js';
import { publishedRating, type PublishedRating } from '../ratings.js';
import { inspectionsPerYear } from '../supervision.js';
import { yearIn } from '../today.js';

/** Companies and estates: how they are listed, rated and assessed, and what they publish and offer. */
export function createEstateLoaders(db: Reader<Database>, smallestCount: number) {
  const company = rowByKey(db.propertyCompany, 'id');
  const project = rowByKey(db.propertyProject, 'id');
  /** What the latest list says of the leader of a project. */
  const leaderEntry = loadByKey(
    async (projects) => {
      const latest = await db.creditList.findFirst({ orderBy: { id: 'desc' } });
      return latest ? db.creditListEntry.findMany({ where: { listId: latest.id, subjectId: { in: projects } } }) : [];
    },
    (row) => row.subjectId,
  );
  /** Years that are over: a number that still changed would tell what the last home said. */
  const finishedTallies = loadByParent(
    (projects) =>
      db.ratingTally.findMany({
        where: { projectId: { in: projects }, year: { lt: yearIn(new Date()) } },
        orderBy: { year: 'desc' },
      }),
    (row) => row.projectId,
  );
  return {
    company,
    project,
    projectsOfCommunity: childrenOf(db.propertyProject, 'id', 'communityCode'),
    projectsOfCompany: childrenOf(db.propertyProject, 'id', 'companyId'),
    committee: rowByKey(db.ownersCommittee, 'id'),
    committeeOfProject: rowByKey(db.ownersCommittee, 'projectId'),

    creditList: rowByKey(db.creditList, 'id'),
    creditEntry: rowByKey(db.creditListEntry, 'id'),
    entriesOfList: childrenOf(db.creditListEntry, 'id', 'listId'),
    entriesOfCompany: childrenOf(db.creditListEntry, 'id', 'companyId'),
    leaderEntry,
    async inspectionsPerYear(id: string): Promise<number> {
      const found = await project.load(id);
      const [served, leader] = await Promise.all([found && company.load(found.companyId), leaderEntry.load(id)]);
      return inspectionsPerYear(served?.listing ?? 'NONE', leader?.listing ?? 'NONE');
    },
    /** The latest inspection of a project, as far as the caller may see inspections. */
    lastInspected: loadByKey(
      async (projects) => {
        const rows = await db.inspectionRound.groupBy({
          by: ['projectId'],
          where: { projectId: { in: projects }, state: 'DONE' },
          _max: { visitedOn: true },
        });
        return rows.flatMap(({ projectId, _max: { visitedOn } }) => (visitedOn ? [{ projectId, visitedOn }] : []));
      },
      (row) => row.projectId,
    ),

    async ratings(projectId: string, target: RatingTarget): Promise<PublishedRating[]> {
      const tallies = (await finishedTallies.load(projectId)).filter((tally) => tally.target === target);
      return tallies.map((tally) => publishedRating(tally, smallestCount));
    },
    account: rowByKey(db.propertyAccount, 'id'),
    accountsOfProject: childrenOf(db.propertyAccount, 'id', 'projectId'),
    servicePoint: rowByKey(db.propertyServicePoint, 'id'),
    servicePointsOfProject: childrenOf(db.propertyServicePoint, 'id', 'projectId'),
    servicePointsOfCommunity: childrenOf(db.propertyServicePoint, 'id', 'communityCode'),
    assessment: rowByKey(db.estateAssessment, 'id'),
    assessmentsOfProject: loadByParent(
      (projects) => db.estateAssessment.findMany({ where: { projectId: { in: projects } }, orderBy: { year: 'asc' } }),
      (row) => row.projectId,
    ),

    parkingLot: rowByKey(db.parkingLot, 'id'),
    parkingOfCommunity: childrenOf(db.parkingLot, 'id', 'communityCode'),
    parkingOfProject: childrenOf(db.parkingLot, 'id', 'projectId'),
    device: rowByKey(db.edgeDevice, 'id'),
    devicesOfCommunity: childrenOf(db.edgeDevice, 'id', 'communityCode'),
    devicesOfProject: childrenOf(db.edgeDevice, 'id', 'projectId'),
  };
}
