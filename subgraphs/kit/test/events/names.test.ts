import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { departments, type Department } from '@linli/schema/departments';
import type { SubgraphDefinition, PrismaClientLike } from '../../src/service/subgraph.js';

type Consuming = Pick<SubgraphDefinition<PrismaClientLike, unknown>, 'consumes'>;

const folderOf = (department: string) => fileURLToPath(new URL(`../../../${department}/src`, import.meta.url));

async function consumedBy(department: Department): Promise<string[]> {
  const module = (await import(`../../../${department}/src/subgraph.js`)) as {
    subgraph?: Consuming;
    connectors?: (agreements: object) => Consuming;
  };
  return Object.keys((module.subgraph ?? module.connectors!({})).consumes ?? {});
}

const programs = new Map<string, string>(
  departments.map((department) => {
    const files = readdirSync(folderOf(department), { recursive: true, encoding: 'utf8' });
    const own = files.filter((file) => file.endsWith('.ts') && !file.includes('generated'));
    return [department, own.map((file) => readFileSync(join(folderOf(department), file), 'utf8')).join('\n')];
  }),
);

test.each(departments)('what %s waits for, somebody says', async (department) => {
  const names = await consumedBy(department);
  const unsaid = names.filter((name) => {
    const [from = '', type = ''] = name.split('.');
    return !programs.get(from)?.includes(`'${type}'`);
  });
  expect(unsaid).toEqual([]);
});
