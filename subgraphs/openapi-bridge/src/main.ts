import { runService } from '@linli/kit/service/lifecycle';
import { createLog } from '@linli/kit/service/log';
import { startBridge } from './bridge.js';
import { readSettings } from './settings.js';

/** The program that joins one platform, set up by its environment (see `settings.ts`). */
const log = createLog(process.env['LINLI_PLATFORM'] ?? 'openapi-bridge');
await runService(log, () => startBridge(readSettings(process.env), log));
