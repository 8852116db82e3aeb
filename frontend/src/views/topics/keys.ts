/** Says whether a key goes into a field in which something is typed. */
export function typing(event: KeyboardEvent): boolean {
  const at = event.target;
  if (at instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit'].includes(at.type);
  return at instanceof HTMLTextAreaElement || (at instanceof HTMLElement && at.isContentEditable);
}
