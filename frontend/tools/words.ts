import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Plugin, type Rolldown } from 'vite';

import { LANGS } from '../src/i18n/forms.ts';
import { type Catalogue, windowWords } from '../src/i18n/keys.ts';

/** The catalogue of a language, which Go embeds as well. */
export function catalogueFile(lang: string): string {
  return fileURLToPath(new URL(`../../internal/lang/${lang}.json`, import.meta.url));
}

/** The whole catalogue of a language. */
export async function readCatalogue(file: string): Promise<Catalogue> {
  return JSON.parse(await readFile(file, 'utf8')) as Catalogue;
}

const id = 'virtual:words';

/**
 * Serves virtual:words, whose `words(lang)` brings what the window needs of the catalogue: built, from a file
 * of data beside the scripts; at work and in tests, anew when the catalogue changes.
 */
export function words(): Plugin {
  let built = false;
  const one = (lang: string) => `${id}/${lang}`;
  return {
    name: 'kwadrans-words',
    configResolved: (config) => void (built = config.command === 'build'),
    resolveId: (wanted) =>
      wanted === id || LANGS.some((lang) => wanted === one(lang)) ? `\0${wanted}` : undefined,
    async load(wanted) {
      if (wanted === `\0${id}`) return built ? fetched(this) : imported(one);
      const lang = LANGS.find((l) => wanted === `\0${one(l)}`);
      if (!lang) return;
      this.addWatchFile(catalogueFile(lang));
      return { code: `export default ${await windowText(lang)};`, map: null };
    },
    configureServer(server) {
      const files = LANGS.map(catalogueFile);
      server.watcher.add(files);
      server.watcher.on('change', (changed) => {
        if (!files.includes(changed)) return;
        server.moduleGraph.invalidateAll();
        server.ws.send({ type: 'full-reload' });
      });
    },
  };
}

async function windowText(lang: string): Promise<string> {
  return JSON.stringify(windowWords(await readCatalogue(catalogueFile(lang))));
}

function imported(one: (lang: string) => string): string {
  const files = LANGS.map((lang) => `${lang}: () => import('${one(lang)}')`);
  return `const files = { ${files.join(', ')} }; export const words = async (lang) => (await files[lang]()).default;`;
}

async function fetched(build: { emitFile: (file: Rolldown.EmittedAsset) => string }): Promise<string> {
  const files = await Promise.all(
    LANGS.map(async (lang) => {
      const file = build.emitFile({ type: 'asset', name: `${lang}.json`, source: await windowText(lang) });
      return `${lang}: import.meta.ROLLUP_FILE_URL_${file}`;
    }),
  );
  return `const files = { ${files.join(', ')} }; export const words = async (lang) => (await fetch(files[lang])).json();`;
}
