#!/usr/bin/env node
/**
 * Prints the SQL that makes a department's whole schema.prisma from nothing: the text of a first migration, and what
 * tests compare migrations with. Usage: node subgraphs/kit/migration-sql.mjs <department> <postgresql URL>
 * (any reachable database; nothing is written to it).
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { schemaSql } from './dist/testing/schema-sql.js';

const [department, url] = process.argv.slice(2);
if (!department || !url) {
  console.error('Usage: node subgraphs/kit/migration-sql.mjs <department> <postgresql URL>');
  process.exit(2);
}
const file = fileURLToPath(new URL(`../${department}/prisma/schema.prisma`, import.meta.url));
process.stdout.write(await schemaSql(readFileSync(file, 'utf8'), url));
process.exit(0);
