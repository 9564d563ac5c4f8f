/** An operation to start from. */
export interface Example {
  name: string;
  title: string;
  query: string;
  variables: string;
}

/** Where people sign in. */
export interface IssuerConfig {
  clientId: string;
  authorizationEndpoint: string;
  tokenEndpoint: string;
  endSessionEndpoint?: string;
}

/** What the gateway tells its explorer. */
export interface Config {
  secure: boolean;
  /** Absent in insecure mode, and while the identity provider cannot be reached. */
  issuer?: IssuerConfig;
  examples: Example[];
}

export async function loadConfig(): Promise<Config> {
  const response = await fetch('/explorer/config.json');
  if (!response.ok) throw new Error(`The gateway answered with HTTP status ${response.status}.`);
  return (await response.json()) as Config;
}
