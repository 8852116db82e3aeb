import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';
import { asciiScripts } from './tools/ascii.ts';
import { csp } from './tools/csp.ts';
import { plainIcons } from './tools/icons.ts';
import { preloadFonts } from './tools/preload.ts';
import { words } from './tools/words.ts';

const pure = ['src/model/**/*.test.ts', 'src/i18n/**/*.test.ts', 'tools/**/*.test.ts'];

export default defineConfig({
  plugins: [plainIcons(), svelte(), words(), csp(), preloadFonts(), asciiScripts(), svelteTesting()],
  server: { host: '127.0.0.1', port: 5173, strictPort: true },
  build: {
    target: 'safari16.4', // the oldest WebKit that the window must run in
    sourcemap: false,
    cssCodeSplit: false, // one style sheet weighs less than its parts, and no screen comes undressed
    assetsInlineLimit: 0, // fonts and pictures stay files, as the policy of the page wants
    modulePreload: { polyfill: false },
    reportCompressedSize: false, // npm run size weighs
    rolldownOptions: {
      output: {
        // By use (docs/adr/0006): what the start needs, what later screens share, and the kinds of work.
        codeSplitting: {
          groups: [
            { name: 'first', test: /src\/(App|main|views\/(frame|bookings|welcome)\/)/, priority: 4 },
            { name: 'shared', test: /node_modules|src\/(?!views)/, priority: 3 },
            { name: 'setup', test: /src\/views\/(integrations|settings)\//, priority: 2 },
            { name: 'topics', test: /src\/views\/(topics|schedules)\//, priority: 2 },
            { name: 'work', test: /src\/views\//, priority: 1 },
          ],
        },
      },
    },
  },
  test: {
    testTimeout: 30_000, // a busy machine is no failure
    hookTimeout: 30_000,
    // What has no document is tested without one: that is a control of its own, and faster.
    projects: [
      { extends: true, test: { name: 'pure', environment: 'node', include: pure } },
      {
        extends: true,
        test: {
          testTimeout: 30_000, // a busy machine is no failure
          hookTimeout: 30_000,
          name: 'window',
          environment: 'happy-dom',
          include: ['src/**/*.test.ts'],
          exclude: pure,
          setupFiles: ['tools/english.ts'],
        },
      },
    ],
  },
});
