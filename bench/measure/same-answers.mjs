import { deepStrictEqual } from 'node:assert';
import { request } from 'undici';

/** Throws where contenders answer a request differently, or with errors. The bare server only knows one answer. */
export async function requireSameAnswers(workload, body, running) {
  let first;
  for (const [name, { url }] of Object.entries(running)) {
    if (name === 'bare' && workload !== 'small') continue;
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    const response = await request(url, { method: 'POST', headers, body });
    const answer = await response.body.json();
    if (response.statusCode !== 200 || answer.errors || !answer.data) {
      throw new Error(
        `${name} cannot answer ${workload}: ${response.statusCode} ${JSON.stringify(answer).slice(0, 500)}`,
      );
    }
    first ??= { name, answer };
    try {
      deepStrictEqual(answer, first.answer);
    } catch (error) {
      throw new Error(`${name} answers ${workload} otherwise than ${first.name}: ${error.message}`, { cause: error });
    }
  }
}
