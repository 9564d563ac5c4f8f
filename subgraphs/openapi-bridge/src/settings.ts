import { readEnvironment, servingSettings } from '@linli/kit/service/settings';
import { platformFiles } from '@linli/schema/files';
import { platforms } from '@linli/schema/platforms';
import { z } from 'zod';

/** What the bridge reads from its environment. */
const environment = servingSettings.extend({
  /** Which platform it joins: the name of the subgraph. */
  LINLI_PLATFORM: z.enum(platforms),
  /** Where the platform's REST API is: what the paths of its description are appended to. */
  LINLI_REST_URL: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')),
  /** Milliseconds that all requests to the platform for one request of the gateway may take together. Default 3000. */
  LINLI_REST_TIMEOUT_MS: z.coerce.number().int().min(1).max(60_000).default(3000),
  /** The platform's OpenAPI document; unset for the one in schema/platforms. */
  LINLI_OPENAPI: z.string().min(1).optional(),
  /** The overlay over it; unset likewise. */
  LINLI_OVERLAY: z.string().min(1).optional(),
});

export type BridgeSettings = z.infer<typeof environment>;

/** Reads and checks the environment. @throws StartError naming the variable and what it should hold */
export function readSettings(env: NodeJS.ProcessEnv): BridgeSettings {
  return readEnvironment(environment, env);
}

/** The two files that the settings name. */
export function filesOf({ LINLI_PLATFORM, LINLI_OPENAPI, LINLI_OVERLAY }: BridgeSettings) {
  const { openapi, overlay } = platformFiles(LINLI_PLATFORM);
  return { openapi: LINLI_OPENAPI ?? openapi, overlay: LINLI_OVERLAY ?? overlay };
}
