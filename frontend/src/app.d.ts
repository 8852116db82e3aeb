// What Vite serves and no file holds; tools/words.ts makes it.
declare module 'virtual:words' {
  /** The words of the window in a language. */
  export function words(lang: import('./i18n/forms').Lang): Promise<import('./i18n/keys').Catalogue>;
}
