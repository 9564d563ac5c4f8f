import { nearest } from '@linli/gateway/policy/cedar/nearest';
import { unknownField } from '../../errors.js';
import type { GroundOptions } from '../../policy/ground.js';
import { groundOn, openGraph, policyFolder } from '../../policy/ground.js';
import { apiFields } from '../../policy/judge.js';
import { matrix } from '../../policy/matrix.js';
import { matrixHtml } from '../../policy/matrix-html.js';
import { legend, matrixCsv, matrixJson, matrixText } from '../../policy/matrix-text.js';
import { policyTextsOf } from '../../policy/source.js';
import type { Language } from '../../policy/words.js';

export interface MatrixOptions extends GroundOptions {
  readonly json?: boolean;
  readonly type?: string;
  readonly csv?: boolean;
  readonly html?: boolean;
  readonly lang?: Language;
}

/** `linli policy matrix`: the most that each role can see of each field, by relation. */
export async function policyMatrix({ type, csv, html, json, lang = 'zh', ...options }: MatrixOptions): Promise<void> {
  const texts = policyTextsOf(options.policies ?? policyFolder);
  const graph = await openGraph(options);
  const types = new Set(apiFields(graph).map(({ coordinate }) => coordinate.split('.')[0]!));
  if (type !== undefined && !types.has(type)) throw unknownField(`${type}.…`, nearest(type, types));
  const ground = groundOn(graph, texts);
  const rows = matrix(ground, type);
  if (json) console.log(JSON.stringify(matrixJson(rows), null, 2));
  else if (csv) process.stdout.write(matrixCsv(rows));
  else if (html) process.stdout.write(matrixHtml(rows, lang, ground.policies.version));
  else console.log(`${matrixText(rows, lang)}\n\n${legend(lang)}`);
}
