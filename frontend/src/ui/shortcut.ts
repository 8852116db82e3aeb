const names: Record<string, string> = {
  Ctrl: 'Control',
  '⌘': 'Meta',
  '↵': 'Enter',
  Esc: 'Escape',
  '⌫': 'Backspace',
};
const chords = ['Ctrl', 'Alt', 'Shift', '⌘', 'Control', 'Meta'];

/**
 * The value of `aria-keyshortcuts` for printed keys: one key, or a chord like Ctrl K. Keys that are pressed one after
 * another (G, then I) have no such value.
 */
export function shortcut(keys: readonly string[] | undefined): string | undefined {
  if (!keys?.length) return undefined;
  if (keys.length > 1 && !chords.includes(keys[0] ?? '')) return undefined;
  return keys.map((key) => names[key] ?? key).join('+');
}
