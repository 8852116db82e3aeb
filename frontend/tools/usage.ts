import { parse } from 'svelte/compiler';
import ts from 'typescript-eslint';
import { type Catalogue, type Entry, isOfWindow } from '../src/i18n/keys.ts';

/** A call of t or n whose key stands in the source; no gaps when its values cannot be read there. */
export interface Call {
  readonly plural: boolean;
  readonly key: string;
  readonly gaps: readonly string[] | undefined;
}

/** The keys that a source uses: in calls, as texts, and put together (`win.day.short.${…}`). */
export interface Usage {
  readonly calls: readonly Call[];
  readonly texts: readonly string[];
  readonly patterns: readonly RegExp[];
}

type Node = { readonly type: string } & Readonly<Record<string, unknown>>;

/** Reads a source of the window, a Svelte page or TypeScript. */
export function usageOf(name: string, source: string): Usage {
  const nodes = nodesOf(
    name.endsWith('.svelte') ? parse(source, { filename: name, modern: true }) : parseCode(source),
  );
  return {
    calls: nodes.flatMap(callOf),
    texts: nodes.flatMap((node) => textOf(node) ?? []),
    patterns: nodes.flatMap((node) => patternOf(node) ?? []),
  };
}

/** What is wrong with a call: no such key, the other kind of key, values that do not fit the gaps of the text. */
export function wrongCall({ plural, key, gaps }: Call, words: Catalogue): string | undefined {
  const entry = Object.hasOwn(words, key) ? words[key] : undefined;
  if (entry === undefined) return `${key} is not in the catalogue`;
  if (plural !== (typeof entry !== 'string')) return `${key} needs ${plural ? 't' : 'n'}`;
  if (!gaps) return undefined;
  const [wanted, given] = [gapsOf(entry), [...gaps, ...(plural ? ['count'] : [])]];
  const missing = wanted.filter((gap) => !given.includes(gap));
  const extra = given.filter((gap) => gap !== 'count' && !wanted.includes(gap));
  return missing.length + extra.length > 0
    ? `${key} wants {${wanted.join()}} and gets {${given.join()}}`
    : undefined;
}

/** Says whether a key is used: as a text, or as one of those that are put together. */
export function isUsed(key: string, { texts, patterns }: Usage): boolean {
  const begun = texts.some((text) => text.endsWith('.') && text !== 'win.' && key.startsWith(text));
  return begun || texts.includes(key) || patterns.some((pattern) => pattern.test(key));
}

/** Several usages as one. */
export function together(all: readonly Usage[]): Usage {
  return {
    calls: all.flatMap(({ calls }) => calls),
    texts: all.flatMap(({ texts }) => texts),
    patterns: all.flatMap(({ patterns }) => patterns),
  };
}

/** The names of the gaps of a text or of all its plural forms, in order. */
export function gapsOf(entry: Entry): string[] {
  const texts = typeof entry === 'string' ? [entry] : Object.values(entry);
  const names = texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name));
  return [...new Set(names)].sort();
}

function parseCode(source: string): unknown {
  return ts.parser.parseForESLint?.(source).ast;
}

function nodesOf(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (!isObject(value)) return [];
  const below = Object.entries(value).flatMap(([name, child]) =>
    name === 'metadata' || name === 'parent' ? [] : nodesOf(child),
  );
  return typeof value['type'] === 'string' ? [value as Node, ...below] : below;
}

function callOf(node: Node): Call[] {
  const { callee, arguments: args } = node;
  if (node.type !== 'CallExpression' || !isObject(callee) || !Array.isArray(args)) return [];
  if (callee['name'] !== 't' && callee['name'] !== 'n') return [];
  const plural = callee['name'] === 'n';
  return keysOf(args[0]).map((key) => ({ plural, key, gaps: given(args[plural ? 2 : 1]) }));
}

/** The keys that an argument can be, as far as they stand in it. */
function keysOf(node: unknown): string[] {
  if (!isObject(node)) return [];
  if (node['type'] === 'ConditionalExpression')
    return [...keysOf(node['consequent']), ...keysOf(node['alternate'])];
  return node['type'] === 'Literal' && typeof node['value'] === 'string' ? [node['value']] : [];
}

function given(node: unknown): string[] | undefined {
  if (node === undefined) return [];
  if (!isObject(node) || node['type'] !== 'ObjectExpression' || !Array.isArray(node['properties']))
    return undefined;
  const names = node['properties'].map((property: unknown) => nameOf(property));
  return names.every((name) => name !== undefined) ? names : undefined;
}

function nameOf(property: unknown): string | undefined {
  const key = isObject(property) ? property['key'] : undefined;
  const name = isObject(key) ? (key['name'] ?? key['value']) : undefined;
  return typeof name === 'string' ? name : undefined;
}

function textOf({ type, value }: Node): string | undefined {
  return type === 'Literal' && typeof value === 'string' && isOfWindow(value) ? value : undefined;
}

function patternOf({ type, quasis }: Node): RegExp | undefined {
  if (type !== 'TemplateLiteral' || !Array.isArray(quasis)) return undefined;
  const parts = (quasis as { value: { raw: string } }[]).map(({ value }) => value.raw);
  if (!parts[0]?.startsWith('win.')) return undefined;
  return new RegExp(`^${parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+')}$`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
