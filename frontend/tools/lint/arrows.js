import { dirname, resolve } from 'node:path';

/**
 * Which room may lean on which: views → state → bridge → wailsjs, views → ui, all → model and i18n. A room may
 * always lean on itself. A new arrow is a decision.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const ARROWS = {
  views: ['state', 'ui', 'model', 'i18n'],
  state: ['bridge', 'model', 'i18n'],
  bridge: ['wailsjs', 'model', 'i18n'],
  ui: ['model', 'i18n'],
  model: ['i18n'],
  i18n: ['the catalogue'],
  styles: [],
  // The files at the top, main.ts and App.svelte, put the rooms together.
  top: ['views', 'state', 'bridge', 'ui', 'model', 'i18n', 'styles'],
};

/**
 * The room that a file is in; nothing for what is no part of the window.
 * @param {string} file
 * @returns {string | undefined}
 */
export function roomOf(file) {
  const path = file.replaceAll('\\', '/');
  if (path.includes('/wailsjs/')) return 'wailsjs';
  if (path.includes('/internal/lang/')) return 'the catalogue';
  const inSrc = path.split('/src/').at(-1) ?? '';
  if (inSrc === path) return undefined;
  return inSrc.includes('/') ? inSrc.slice(0, inSrc.indexOf('/')) : 'top';
}

/**
 * Holds imports to ARROWS, those of types too. Tests may use every room but wailsjs.
 * @type {import('eslint').Rule.RuleModule}
 */
export const arrows = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { wrong: '{{from}} may not lean on {{to}}.', outside: '{{from}} reaches out of the window.' },
  },
  create(context) {
    const from = roomOf(context.filename);
    if (!from) return {};
    const may = isTest(context.filename) ? Object.keys(ARROWS) : [from, ...(ARROWS[from] ?? [])];

    /** @param {unknown} source */
    const check = (source) => {
      if (!isText(source) || !source.value.startsWith('.')) return;
      const to = roomOf(resolve(dirname(context.filename), source.value));
      if (to && may.includes(to)) return;
      const node = /** @type {import('estree').Literal} */ (source);
      context.report({ node, messageId: to ? 'wrong' : 'outside', data: { from, to: to ?? '' } });
    };
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      TSImportType: (/** @type {{ source?: unknown }} */ node) => check(node.source),
    };
  },
};

/** @param {string} file */
function isTest(file) {
  return /\.test\.ts$/.test(file);
}

/**
 * @param {unknown} node
 * @returns {node is { value: string }}
 */
function isText(node) {
  return typeof node === 'object' && node !== null && 'value' in node && typeof node.value === 'string';
}
