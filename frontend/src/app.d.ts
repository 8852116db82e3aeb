// What Vite serves and no file holds; tools/words.ts makes it.
declare module 'virtual:words' {
  /** The words of the window in a language. */
  export function words(lang: import('./i18n/forms').Lang): Promise<import('./i18n/keys').Catalogue>;
}

// tools/icons.ts puts it together from lucide's files.
declare module 'icon-line:*' {
  /** The line of an icon as the data of a path in a box of 24. */
  const line: string;
  export default line;
}
