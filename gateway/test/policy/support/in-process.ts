import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import type { Subject } from '@linli/schema/subject';
import { assertionSigner } from '../../../src/execution/assertion.js';
import type { Graph } from '../../../src/graph.js';
import { pipeline } from '../../../src/pipeline.js';
import { serveGraph } from '../../../src/serve-graph.js';
import type { CurrentGraph } from '../../../src/supergraph/swap.js';
import type { GraphQLBody } from '../../support/hub.js';

/** Rows of personal data that one answer may hold: more than any test asks for. */
const unbounded = 1_000_000;

/** All rooms of a gateway behind `/graphql`, over departments and policies of a test's own; whoever asks is believed. */
export class InProcessGateway {
  private constructor(
    readonly folder: string,
    readonly current: CurrentGraph<Graph>,
    /** The key that assertions are verified with. */
    readonly publicKey: object,
  ) {}

  /**
   * @param supergraph its text
   * @param policies texts of policies by the names of their files
   */
  static async open(supergraph: string, policies: Readonly<Record<string, string>>): Promise<InProcessGateway> {
    const folder = await mkdtemp(join(tmpdir(), 'linli-policy-'));
    const [file, key] = [join(folder, 'supergraph.graphql'), join(folder, 'key.json')];
    const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
    await writeFile(file, supergraph);
    for (const [name, text] of Object.entries(policies)) await writeFile(join(folder, name), text);
    await writeFile(key, JSON.stringify({ ...(await exportJWK(privateKey)), kid: 'gateway' }));
    const settings = {
      supergraph: file,
      policies: folder,
      watch: false,
      bulkLimits: { default: unbounded, 'grid-worker': unbounded, 'family-doctor': unbounded },
    };
    try {
      const current = await serveGraph(settings, await assertionSigner(key), () => undefined);
      return new InProcessGateway(folder, current, { ...(await exportJWK(publicKey)), kid: 'gateway', alg: 'EdDSA' });
    } catch (error) {
      await rm(folder, { recursive: true });
      throw error;
    }
  }

  /** Rejects with a Refusal where an operation is not admitted. */
  async ask(subject: Subject, document: string, headers: Readonly<Record<string, string>> = {}): Promise<GraphQLBody> {
    const service = pipeline({
      authenticate: async () => subject,
      findDocument: () => document,
      current: this.current,
      declares: true,
    });
    const actor = await service.authenticate(undefined, (name) => headers[name]);
    const request = { document, operationName: null, variables: null };
    const answer = await service.answer(request, actor, { queriesOnly: true }, new AbortController().signal);
    return JSON.parse(answer.toString()) as GraphQLBody;
  }

  async close(): Promise<void> {
    await this.current.close();
    await rm(this.folder, { recursive: true });
  }
}
