import { readFileSync } from 'node:fs';
import { nearest } from '@linli/gateway/policy/cedar/nearest';
import type { Purpose } from '@linli/schema/purposes';
import { purposes } from '@linli/schema/purposes';
import type { Relation } from '@linli/schema/subject';
import { badOption, unknownField } from '../../errors.js';
import type { Done } from '../../policy/coordinates.js';
import { fieldsOf, parseOperation } from '../../policy/coordinates.js';
import { explain } from '../../policy/explain.js';
import { explanationText, headline } from '../../policy/explain-text.js';
import type { GroundOptions } from '../../policy/ground.js';
import { apiFields, fieldNamed } from '../../policy/judge.js';
import type { Viewer } from '../../policy/viewer.js';
import { viewerOf } from '../../policy/viewer.js';
import type { Language } from '../../policy/words.js';
import { actionOf } from '../../policy/writing.js';

export interface ExplainOptions extends GroundOptions {
  readonly json?: boolean;
  readonly as: string;
  readonly purpose?: string;
  readonly legalBasis?: boolean;
  readonly caseNumber?: boolean;
  readonly breakGlass?: boolean;
  readonly operation?: string;
  readonly field?: string;
  readonly write?: boolean;
  readonly rowRelation?: Relation;
  readonly minor?: boolean;
  readonly lang?: Language;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw badOption(`--operation names ${file}, which cannot be read: name a file with a GraphQL operation.`);
  }
}

/**
 * `linli policy explain`: what happens to fields, by which policies, why, and what would have to change. Whatever can be
 * wrong with the question is found before more is loaded than that needs.
 */
export async function policyExplain(options: ExplainOptions): Promise<void> {
  const { as, field, operation, rowRelation, lang = 'zh', json } = options;
  if ((field === undefined) === (operation === undefined)) throw badOption('Name either --field or --operation.');
  const viewer = viewerOf(as);
  const circumstances = {
    ...purposeOf(options, viewer),
    ...(rowRelation !== undefined && { relation: rowRelation }),
    legalBasis: options.legalBasis ?? false,
    caseNumber: options.caseNumber ?? false,
    emergency: options.breakGlass ?? false,
    minor: options.minor ?? false,
  };
  const document = operation === undefined ? undefined : parseOperation(textOf(operation), operation);
  const { groundOn, openGraph, policyFolder } = await import('../../policy/ground.js');
  const { policyTextsOf } = await import('../../policy/source.js');
  const texts = policyTextsOf(options.policies ?? policyFolder);
  const graph = await openGraph(options);
  const done: readonly (Pick<Done, 'coordinate'> & Partial<Done>)[] =
    document === undefined
      ? [{ coordinate: field!, ...(options.write && { action: 'write' }) }]
      : fieldsOf(document, graph, operation!);
  const fields = done.map(({ coordinate, action }) => {
    const known = fieldNamed(graph, coordinate);
    const names = () => apiFields(graph).map((each) => each.coordinate);
    if (!known) throw unknownField(coordinate, nearest(coordinate, names()));
    return { known, action: action ?? actionOf(graph, known) };
  });
  const ground = groundOn(graph, texts);
  const explanations = fields.map(({ known, action }) => explain(ground, known, action, viewer, circumstances));
  if (json) {
    const { name, roles, department } = viewer;
    console.log(JSON.stringify({ viewer: { name, roles, department }, circumstances, fields: explanations }, null, 2));
  } else {
    console.log(
      [headline(viewer, circumstances, lang), ...explanations.map((each) => explanationText(each, lang))].join('\n\n'),
    );
  }
}

/** As the gateway has it: whoever may act for own affairs and declares nothing does so. */
function purposeOf({ purpose, legalBasis, caseNumber }: ExplainOptions, { granted }: Viewer): { purpose?: Purpose } {
  if (purpose !== undefined) return { purpose: purposeNamed(purpose) };
  return granted?.includes('own-affairs') && !legalBasis && !caseNumber ? { purpose: 'own-affairs' } : {};
}

function purposeNamed(name: string): Purpose {
  const purpose = purposes.find((each) => each === name);
  if (!purpose) throw badOption(`There is no purpose "${name}"; there are ${purposes.join(', ')}.`);
  return purpose;
}
