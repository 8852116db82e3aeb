import type { HtmlTagDescriptor, Plugin } from 'vite';

/**
 * Has the fonts read while the scripts are: without it WebKit asks for them when the first words are laid out, and
 * draws none until they are here.
 */
export function preloadFonts(): Plugin {
  return {
    name: 'preload-fonts',
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle }) =>
        Object.keys(bundle ?? {})
          .filter((file) => file.endsWith('.woff2'))
          .map(tag),
    },
  };
}

function tag(file: string): HtmlTagDescriptor {
  const attrs = { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href: `/${file}` };
  return { tag: 'link', injectTo: 'head', attrs };
}
