/** Bundles the explorer into dist/explorer/pages, with all it needs: at run time it loads nothing from elsewhere. */
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

await build({
  configFile: false,
  root: path('../src/explorer/client'),
  base: '/explorer/',
  logLevel: 'warn',
  build: {
    outDir: path('../dist/explorer/pages'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      onwarn(warning, warn) {
        // React's hints to servers and compilers, which there are none of here.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
  worker: { format: 'es' },
});
