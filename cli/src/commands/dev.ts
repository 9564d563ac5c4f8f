import { readSettings } from '@linli/infra/launcher/settings';
import { runHub } from '@linli/infra/launcher/run';

export interface DevOptions {
  readonly port?: string;
  readonly home?: string;
  readonly residents?: string;
}

/** `linli dev`: runs a whole hub on this machine until it is told to stop. An option wins over its variable. */
export async function dev({ port, home, residents }: DevOptions): Promise<void> {
  const { LINLI_PORT, LINLI_HOME, LINLI_RESIDENTS } = process.env;
  await runHub(
    readSettings({
      ...process.env,
      LINLI_PORT: port ?? LINLI_PORT,
      LINLI_HOME: home ?? LINLI_HOME,
      LINLI_RESIDENTS: residents ?? LINLI_RESIDENTS,
    }),
  );
}
