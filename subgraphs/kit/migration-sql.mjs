#!/usr/bin/env node
/**
 * Prints the SQL that makes all of a department's *.prisma files from nothing: the text of a first migration, and what
 * tests compare migrations with. Usage: node subgraphs/kit/migration-sql.mjs <department> <postgresql URL>
 * (any reachable database; nothing is written to it).
 */
import { fileURLToPath } from 'node:url';
import { schemaSql } from './dist/testing/schema-sql.js';

const [department, url] = process.argv.slice(2);
if (!department || !url) {
  console.error('Usage: node subgraphs/kit/migration-sql.mjs <department> <postgresql URL>');
  process.exit(2);
}
const folder = fileURLToPath(new URL(`../${department}/prisma`, import.meta.url));
process.stdout.write(await schemaSql(folder, url));
process.exit(0);
