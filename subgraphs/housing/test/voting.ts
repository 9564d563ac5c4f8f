import { expect } from '@jest/globals';
import { demoCommunity } from '@linli/kit/population/places';
import type { TestSubgraph } from '@linli/kit/testing/test-subgraph';
import type { Client } from 'pg';
import { today, write, writers, type Written } from './write.js';

export const project = `project-${demoCommunity}-1`;
const { communityWorker, resident } = writers;

/** A home of the demo family's estate, with who owns it. */
export interface Home {
  readonly unit: string;
  readonly owner: string;
}

/** All homes of that estate. */
export async function homesOf(database: Client): Promise<Home[]> {
  const { rows } = await database.query<Home>(
    `SELECT o.unit_code AS unit, o.owners[1] AS owner FROM unit_ownership o JOIN housing_unit u ON u.code = o.unit_code
     JOIN building b ON b.code = u.building_code WHERE b.project_id = $1 ORDER BY 1`,
    [project],
  );
  return rows;
}

export const motion = { projectId: project, topic: '加装电梯', kind: 'MOTION', majority: 'ORDINARY' };
export const dates = { opensOn: today(), closesOn: today(14) };

/** What is done with votes, on a service and its database. */
export function voting(service: TestSubgraph, database: Client) {
  async function openVote(change: object = {}): Promise<{ id: string; version: number }> {
    const made = await write(
      service,
      'createOwnersVote',
      { ...motion, ...dates, ...change },
      communityWorker,
      'vote { id version state }',
    );
    expect(made.vote.state).toBe('SCHEDULED');
    const input = { voteId: made.vote.id, expectedVersion: made.vote.version };
    const { vote, userErrors } = await write(
      service,
      'openOwnersVote',
      input,
      communityWorker,
      'vote { id version state }',
    );
    expect(userErrors).toEqual([]);
    expect(vote.state).toBe('OPEN');
    return vote;
  }

  const cast = (voteId: string, { unit, owner }: { unit: string; owner: string }, option: number, code?: string) =>
    write(
      service,
      'castBallot',
      { voteId, unitCode: unit, option, code },
      resident(owner),
      'code receipt vote { voted }',
    );

  /** Ten at a time, as a service has connections for. */
  async function castAll<Home extends { unit: string; owner: string }>(
    voteId: string,
    voters: readonly Home[],
    optionOf: (index: number) => number,
  ): Promise<Written[]> {
    const answers: Written[] = [];
    for (let start = 0; start < voters.length; start += 10) {
      const some = voters.slice(start, start + 10);
      answers.push(...(await Promise.all(some.map((home, i) => cast(voteId, home, optionOf(start + i))))));
    }
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    return answers;
  }

  /** Makes a vote one whose last day is over. */
  const expire = (voteId: string) =>
    database.query('UPDATE owners_vote SET opens_on = opens_on - 30, closes_on = closes_on - 30 WHERE id = $1', [
      voteId,
    ]);

  const close = (voteId: string, expectedVersion: number) =>
    write(
      service,
      'closeOwnersVote',
      { voteId, expectedVersion },
      communityWorker,
      'vote { state chosen voted quorum inFavour against abstained suppressed receiptsRoot options { homes } }',
    );

  return { openVote, cast, castAll, expire, close };
}
