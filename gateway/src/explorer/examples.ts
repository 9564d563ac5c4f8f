import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** An operation that the explorer offers to start from. */
export interface Example {
  name: string;
  title: string;
  query: string;
  variables: string;
}

/**
 * Reads the example operations of a folder, in the order of their names: `NAME.graphql`, whose first comment line is the
 * title, and beside it `NAME.variables.json`, where it has variables. A missing folder has none.
 */
export async function readExamples(folder: string): Promise<Example[]> {
  const files = await readdir(folder).catch(() => []);
  const names = files.filter((file) => file.endsWith('.graphql')).map((file) => file.slice(0, -'.graphql'.length));
  return Promise.all(
    names.sort().map(async (name) => {
      const query = await readFile(join(folder, `${name}.graphql`), 'utf8');
      const variables = await readFile(join(folder, `${name}.variables.json`), 'utf8').catch(() => '');
      const title = /^\s*#[ \t]*(\S.*)$/m.exec(query)?.[1]?.trim() ?? name;
      return { name, title, query, variables };
    }),
  );
}
