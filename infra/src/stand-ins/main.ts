import { serveStandIns } from './server.js';

/** The program of the platforms' stand-ins: settings from the environment, a word to the launcher when it is ready. */
const { HOST = '127.0.0.1', PORT = '0', LINLI_PLATFORM_SECRETS = '{}', LINLI_CONNECTORS_URL = '' } = process.env;

const running = await serveStandIns({
  host: HOST,
  port: Number(PORT),
  secrets: JSON.parse(LINLI_PLATFORM_SECRETS) as Record<string, string>,
  connectors: LINLI_CONNECTORS_URL,
});
const stop = () => void running.close().then(() => process.exit(0));
process.once('disconnect', stop);
process.once('SIGTERM', stop);
process.send?.({ type: 'ready', url: running.url });
