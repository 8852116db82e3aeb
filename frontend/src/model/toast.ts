/** A message at the bottom of the window. */
export interface Toast {
  readonly id: number;
  /** What happened. It is announced, so it does not change while the message stands. */
  readonly text: string;
  readonly tone: 'plain' | 'bad';
  readonly action?:
    { readonly label: string; readonly keys?: readonly string[]; readonly run: () => void } | undefined;
  /** When it goes, in milliseconds since 1970. */
  readonly until: number;
  /** Draws the ring that empties until then. */
  readonly counts: boolean;
  /** The words with the seconds that are left, drawn instead of `text`. */
  readonly countdown?: ((seconds: number) => string) | undefined;
}
