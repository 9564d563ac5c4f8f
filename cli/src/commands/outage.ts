import { homeAt } from '@linli/infra/launcher/home';
import { want } from '@linli/infra/launcher/hub-file';
import { readSettings } from '@linli/infra/launcher/settings';

/** `linli stop`: takes one service of the running hub down and returns when it is. */
export async function stop(service: string): Promise<void> {
  await want(homeAt(readSettings(process.env).home), service, 'stopped');
  console.log(`${service} is stopped; linli start ${service} brings it back.`);
}

/** `linli start`: brings it back and returns when it answers. */
export async function start(service: string): Promise<void> {
  await want(homeAt(readSettings(process.env).home), service, 'started');
  console.log(`${service} is running.`);
}
