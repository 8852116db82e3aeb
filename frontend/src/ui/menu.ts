import type { Icon } from './icon';

/** An act in a Menu. */
export interface MenuItem {
  id: string;
  label: string;
  run: () => void;
  icon?: Icon | undefined;
  /** Keys that do the same, as printed. */
  keys?: readonly string[] | undefined;
  /** It takes something away. */
  danger?: boolean | undefined;
  disabled?: boolean | undefined;
  /** Why it is disabled, on hover. */
  reason?: string | undefined;
  /** A line parts it from what stands above. */
  divided?: boolean | undefined;
}

/**
 * To which act a press on a menu's button leads: the key that would lead there from the menu itself, empty for none yet,
 * undefined for a press that does not open.
 */
export function keyToward(event: MouseEvent | KeyboardEvent): string | undefined {
  // A click by the keyboard, which has no count of presses, leads to the first act at once.
  if (event instanceof MouseEvent) return event.detail === 0 ? 'Home' : '';
  if (event.key === 'ArrowDown') return 'Home';
  return event.key === 'ArrowUp' ? 'End' : undefined;
}
