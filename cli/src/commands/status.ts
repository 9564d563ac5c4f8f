import { homeAt } from '@linli/infra/launcher/home';
import { readHub } from '@linli/infra/launcher/hub-file';
import { readSettings } from '@linli/infra/launcher/settings';

/** `linli status`: what runs on LINLI_HOME, and whether the hub can answer. */
export async function status({ json = false }: { readonly json?: boolean }): Promise<void> {
  const home = homeAt(readSettings(process.env).home);
  const hub = readHub(home);
  const health = await healthOf(hub.url);
  if (json) return console.log(JSON.stringify({ home: home.folder, health, ...hub }, null, 2));
  console.log(`Hub at ${hub.url}, process ${hub.pid}, data in ${home.folder}: ${health}.`);
  const width = Math.max(...Object.keys(hub.services).map((name) => name.length));
  for (const [name, { state, pid, url }] of Object.entries(hub.services)) {
    const process = pid === undefined ? '' : `process ${pid}`;
    console.log(`  ${name.padEnd(width)}  ${state.padEnd(10)}  ${[url, process].filter(Boolean).join('  ')}`);
  }
}

async function healthOf(url: string): Promise<'healthy' | 'degraded' | 'unreachable'> {
  try {
    const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(5_000) });
    return response.ok ? 'healthy' : 'degraded';
  } catch {
    return 'unreachable';
  }
}
