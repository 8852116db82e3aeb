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
