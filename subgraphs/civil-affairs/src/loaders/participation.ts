import { loadByKey, loadByParent } from '@linli/kit/loaders';
import { childrenOf, rowByKey } from '@linli/kit/paging/table';
import type { Access } from '@linli/kit/scope/scope';
import type { Database } from '../database.js';
import { deliberationsJoined } from '../queries/deliberations-joined.js';
import { projectsOfNeeds } from '../queries/projects-of-needs.js';
import { resourceMatches } from '../queries/resource-matches.js';
import { surveyResults } from '../queries/survey-results.js';

/** Proposals, deliberations, the three lists, votes on projects, and surveys. */
export function participationLoaders({ db, sql, unscoped }: Access<Database>) {
  return {
    residentProposal: rowByKey(db.residentProposal, 'id'),
    proposalsOfResident: childrenOf(db.residentProposal, 'id', 'residentId'),

    deliberation: rowByKey(db.deliberation, 'id'),
    deliberationsOfCommunity: childrenOf(db.deliberation, 'id', 'communityCode'),
    deliberationsOfResident: deliberationsJoined(sql),
    deliberationComment: rowByKey(db.deliberationComment, 'id'),
    publicComments: childrenOf(db.publicComment, 'id', 'deliberationId'),
    commentsOfResident: childrenOf(db.deliberationComment, 'id', 'residentId'),

    communityNeed: rowByKey(db.communityNeed, 'id'),
    needsOfCommunity: childrenOf(db.communityNeed, 'id', 'communityCode'),
    matchesOfNeed: resourceMatches(sql),
    projectsOfNeed: projectsOfNeeds(sql),
    communityResource: rowByKey(db.communityResource, 'id'),
    resourcesOfCommunity: childrenOf(db.communityResource, 'id', 'communityCode'),
    microProject: rowByKey(db.microProject, 'id'),
    microProjectsOfCommunity: childrenOf(db.microProject, 'id', 'communityCode'),
    projectVote: rowByKey(db.projectVote, 'id'),
    projectVotesOfCommunity: childrenOf(db.projectVote, 'id', 'communityCode'),
    projectsOfVote: loadByParent(
      (ids) => db.microProject.findMany({ where: { voteId: { in: ids } }, orderBy: { id: 'asc' } }),
      (row) => row.voteId!,
    ),
    adoptedNeed: loadByKey(
      (ids) => db.communityNeed.findMany({ where: { proposalId: { in: ids } } }),
      (row) => row.proposalId!,
    ),
    adoptedDeliberation: loadByKey(
      (ids) => db.deliberation.findMany({ where: { proposalId: { in: ids } } }),
      (row) => row.proposalId!,
    ),
    adoptedProject: loadByKey(
      (ids) => db.microProject.findMany({ where: { proposalId: { in: ids } } }),
      (row) => row.proposalId!,
    ),

    survey: rowByKey(db.satisfactionSurvey, 'id'),
    surveyOfYear: loadByParent(
      (years) => db.satisfactionSurvey.findMany({ where: { year: { in: years.map(Number) } } }),
      (row) => String(row.year),
    ),
    surveyResults: async () => surveyResults(unscoped),
    smallestCount: unscoped.smallestCount,
  };
}
