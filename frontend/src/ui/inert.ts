const dialogs: Element[] = [];

/**
 * Takes what lies behind a dialog out of reach of the mouse, the keyboard and screen readers: the window, and the dialog
 * over which it was opened. Gives back the function that lets it go; with the last dialog the window is free again.
 */
export function holdInert(dialog: Element): () => void {
  dialogs.push(dialog);
  draw();
  return () => {
    const at = dialogs.indexOf(dialog);
    if (at < 0) return;
    dialogs.splice(at, 1);
    draw();
  };
}

function draw(): void {
  document.getElementById('app')?.toggleAttribute('inert', dialogs.length > 0);
  dialogs.forEach((dialog, i) => dialog.toggleAttribute('inert', i < dialogs.length - 1));
}
