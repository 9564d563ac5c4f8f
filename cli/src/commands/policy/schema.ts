import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cedarSchema } from '@linli/gateway/policy/cedar/schema';
import { loadSupergraph } from '@linli/gateway/supergraph/load';
import { schemaFile, supergraphFile } from '@linli/schema/files';
import { policySchemaStale } from '../../errors.js';

/** The committed Cedar schema. */
export const cedarSchemaFile = schemaFile('policies/linli.cedarschema');

/** `linli policy schema`: writes the Cedar schema that the supergraph makes, or with `check` compares it. */
export async function policySchema({ check = false }: { readonly check?: boolean }): Promise<void> {
  const { classification } = await loadSupergraph(supergraphFile, {});
  const text = cedarSchema(classification);
  const changed = !existsSync(cedarSchemaFile) || readFileSync(cedarSchemaFile, 'utf8') !== text;
  if (changed && check) throw policySchemaStale(cedarSchemaFile);
  if (changed) writeFileSync(cedarSchemaFile, text);
  console.log(`${cedarSchemaFile} ${changed ? 'written' : 'is up to date'}.`);
}
