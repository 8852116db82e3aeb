/** Says whether a key was pressed alone, and neither into a field nor while something lies over the window. */
export function isFree(event: KeyboardEvent, key: string): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return false;
  if (event.key.toLowerCase() !== key || document.querySelector('[role="menu"], [role="dialog"]'))
    return false;
  const at = event.target;
  if (!(at instanceof HTMLElement) || at instanceof HTMLTextAreaElement || at.isContentEditable) {
    return !(at instanceof HTMLElement);
  }
  return !(at instanceof HTMLInputElement) || ['checkbox', 'radio', 'button', 'submit'].includes(at.type);
}
