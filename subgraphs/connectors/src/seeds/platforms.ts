import { defineSeed } from '@linli/kit/seeding/seed';
import { platforms } from '../platforms.js';

/** The platforms of the plan; what is exchanged with them comes about while the hub runs. */
export const platformsSeed = defineSeed({
  name: 'platforms',
  tables: { platform: ['code', 'name', 'description', 'feeds', 'accepts'] },
  async run({ load }) {
    for (const { code, name, description, feeds, accepts } of platforms) {
      load.row('platform', [code, name, description, feeds, accepts]);
    }
  },
});
