import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const reading = (id: string, rest: string) => `@id("common.${id}") @why("测试") @owner("hub")\n${rest}\n`;

/** What is public is for everybody, and everything is for whoever is signed in. */
export const everythingForTheSignedIn =
  reading('public', 'permit (principal, action == Linli::Action::"read", resource in Linli::Level::"L1");') +
  reading(
    'signed-in',
    'permit (principal, action in [Linli::Action::"read", Linli::Action::"write"], resource)\n' +
      'unless { principal in Linli::Role::"open-data" };',
  );

/** Writes policies into a folder of their own; its path. */
export async function writePolicies(folder: string, common = everythingForTheSignedIn): Promise<string> {
  const policies = join(folder, 'policies');
  await mkdir(policies, { recursive: true });
  await writeFile(join(policies, 'common.cedar'), common);
  return policies;
}
