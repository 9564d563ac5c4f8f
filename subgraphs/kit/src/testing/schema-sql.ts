import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';

/** WebAssembly is there at run time; Node's own types leave it to those of browsers. */
declare const WebAssembly: {
  instantiate(code: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

/** The part of Prisma's schema engine that is used here; the package is WebAssembly without a loader. */
interface EngineModule {
  __wbg_set_wasm(exports: Record<string, unknown>): void;
  SchemaEngine: {
    new: (
      options: object,
      log: () => void,
      adapter: object,
    ) => Promise<{ diff(options: object): Promise<{ stdout: string }> }>;
  };
}

const require = createRequire(import.meta.url);

async function loadEngine(): Promise<EngineModule> {
  const name = '@prisma/schema-engine-wasm/schema_engine_bg';
  const engine = (await import(name)) as EngineModule;
  const wasm = readFileSync(require.resolve(name).replace(/\.js$/, '.wasm'));
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': engine });
  engine.__wbg_set_wasm(instance.exports);
  (instance.exports['__wbindgen_start'] as () => void)();
  return engine;
}

/**
 * The SQL that creates everything a Prisma schema describes, from nothing, by Prisma's own schema engine.
 * @param folder the folder of schema.prisma and what other `*.prisma` files go with it
 * @param url any reachable PostgreSQL database; it is asked for its version only
 */
export async function schemaSql(folder: string, url: string): Promise<string> {
  const { SchemaEngine } = await loadEngine();
  const names = readdirSync(folder).filter((name) => name.endsWith('.prisma'));
  const files = names.map((path) => ({ path, content: readFileSync(join(folder, path), 'utf8') }));
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: url }));
  const datamodels = files.map(({ path, content }) => [path, content]);
  const engine = await SchemaEngine.new({ datamodels }, () => undefined, adapter);
  const { stdout } = await engine.diff({
    from: { tag: 'empty' },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: null,
    shadowDatabaseUrl: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return stdout;
}
