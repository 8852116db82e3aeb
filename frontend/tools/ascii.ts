import type { Plugin } from 'vite';

const beyond = /[^\0-\x7f]/g;

/**
 * Writes what is no ASCII in scripts as its escape. WebKit keeps a script in two bytes for each letter as soon as one of
 * them is beyond Latin 1, and a dash is enough.
 */
export function asciiScripts(): Plugin {
  return {
    name: 'ascii-scripts',
    generateBundle(_, bundle) {
      for (const part of Object.values(bundle)) if (part.type === 'chunk') part.code = escaped(part.code);
    },
  };
}

/** A script with escapes for all that is no ASCII. */
export function escaped(code: string): string {
  return code.replace(beyond, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
