let held = 0;

/**
 * Takes the window behind a dialog out of reach of the mouse, the keyboard and screen readers, and gives back the
 * function that lets it go. The window is free again when every dialog has let go.
 */
export function holdInert(): () => void {
  let mine = true;
  held++;
  draw();
  return () => {
    if (!mine) return;
    mine = false;
    held--;
    draw();
  };
}

function draw(): void {
  document.getElementById('app')?.toggleAttribute('inert', held > 0);
}
