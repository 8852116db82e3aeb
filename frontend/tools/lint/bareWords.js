/**
 * A node of a Svelte page, as far as this rule looks.
 * @typedef {{ type: string, parent?: Node, name?: unknown, value?: unknown, kind?: string, expression?: Node,
 *   key?: { name: string }, consequent?: Node, alternate?: Node, right?: Node, quasis?: { value: { raw: string } }[] }} Node
 */

/** Names that are the same in every language. */
const NAMES = /Kwadrans|Zoom/g;

/** Elements for what is not read as a sentence: keys, and addresses or ids. */
const VERBATIM = ['kbd', 'Kbd', 'code'];

/** Attributes and properties that people read or hear. */
const SAID = [
  'alt',
  'aria-description',
  'aria-label',
  'aria-placeholder',
  'aria-roledescription',
  'aria-valuetext',
  'description',
  'heading',
  'hint',
  'label',
  'placeholder',
  'reason',
  'text',
  'title',
];

/**
 * Finds words in markup that do not come from the catalogue.
 * @type {import('eslint').Rule.RuleModule}
 */
export const bareWords = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { bare: 'These words have no translation: “{{words}}”. Put them into the catalogue.' },
  },
  create(context) {
    /** @param {Node} node @param {string} text */
    const check = (node, text) => {
      // Entities, and addresses, which are an example in every language.
      const words = text.replace(/&#?\w+;|\S+:\/\/\S*|\S+@\S+/g, ' ').trim();
      if (!/\p{L}{2}/u.test(words.replace(NAMES, ''))) return;
      context.report({
        node: /** @type {any} */ (node),
        messageId: 'bare',
        data: { words: words.slice(0, 40) },
      });
    };
    /** @param {Node | undefined} node */
    const checkValue = (node) => literals(node).forEach(([at, text]) => check(at, text));

    const listeners = {
      SvelteText: (/** @type {Node} */ node) => {
        if (isProse(node)) check(node, String(node.value));
      },
      SvelteMustacheTag: (/** @type {Node} */ node) => {
        if (node.parent?.type !== 'SvelteAttribute' && isProse(node)) checkValue(node.expression);
      },
      SvelteAttribute: (/** @type {Node} */ node) => {
        if (!SAID.includes(node.key?.name ?? '')) return;
        for (const part of Array.isArray(node.value) ? /** @type {Node[]} */ (node.value) : []) {
          if (part.type === 'SvelteLiteral') check(part, String(part.value));
          else checkValue(part.expression);
        }
      },
    };
    // ESLint's own types know the nodes of JavaScript only.
    return /** @type {import('eslint').Rule.RuleListener} */ (/** @type {unknown} */ (listeners));
  },
};

/** @param {Node} node */
function isProse(node) {
  const { type, name } = node.parent ?? {};
  if (type === 'SvelteStyleElement' || type === 'SvelteScriptElement') return false;
  const element = typeof name === 'object' && name !== null && 'name' in name ? String(name.name) : '';
  return !VERBATIM.includes(element);
}

/**
 * The texts that an expression can come to, as far as they stand in it.
 * @param {Node | undefined} node
 * @returns {[Node, string][]}
 */
function literals(node) {
  switch (node?.type) {
    case 'Literal':
      return typeof node.value === 'string' ? [[node, node.value]] : [];
    case 'TemplateLiteral':
      return (node.quasis ?? []).map(({ value }) => [node, value.raw]);
    case 'ConditionalExpression':
      return [...literals(node.consequent), ...literals(node.alternate)];
    case 'LogicalExpression':
      return literals(node.right);
    default:
      return [];
  }
}
