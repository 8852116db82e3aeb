/** Something that lies over the rest, such as a dialog or a list that is open. */
export interface Layer {
  /** What belongs to it: a press there is none outside. */
  parts: () => readonly (Element | undefined)[];
  /** Escape or a press outside wants it gone. */
  leave: (by: 'escape' | 'press') => void;
  /** A dialog: a control in it may take Escape for itself, and a press must reach nothing beneath. */
  modal?: boolean;
  /** Tab is pressed, and no layer above keeps the focus. */
  tab?: (event: KeyboardEvent) => void;
}

const layers: Layer[] = [];
let listening = false;
/** The dialog beside which a button of the mouse is held. */
let pressed: Layer | undefined;

/** Lays a layer over the others and gives back what takes it away. Only the topmost hears of Escape and of presses. */
export function lay(layer: Layer): () => void {
  listen();
  layers.push(layer);
  return () => {
    const at = layers.indexOf(layer);
    if (at >= 0) layers.splice(at, 1);
  };
}

// One listener for all: with one each, what lies beneath would be the topmost by the time it is asked.
function listen(): void {
  if (listening) return;
  listening = true;
  window.addEventListener('pointerdown', press, true);
  window.addEventListener('click', release, true);
  window.addEventListener('keydown', early, true);
  window.addEventListener('keydown', late);
}

function press({ target }: PointerEvent): void {
  const top = layers.at(-1);
  pressed = undefined;
  if (!top || !isOutside(top, target)) return;
  if (top.modal) pressed = top;
  else top.leave('press');
}

// A dialog that was gone by now would let the rest of the press through to the window.
function release({ target }: MouseEvent): void {
  const layer = pressed;
  pressed = undefined;
  if (layer && layer === layers.at(-1) && isOutside(layer, target)) layer.leave('press');
}

function isOutside(layer: Layer, target: EventTarget | null): boolean {
  if (!(target instanceof Element) || target.closest('[data-toasts]')) return false;
  return !layer.parts().some((part) => part?.contains(target));
}

// A list takes Escape before the page does, to which it may mean something else.
function early(event: KeyboardEvent): void {
  if (!layers.at(-1)?.modal) escape(event);
}

function late(event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  if (event.key === 'Tab') layers.findLast((layer) => layer.tab)?.tab?.(event);
  else escape(event);
}

function escape(event: KeyboardEvent): void {
  const top = layers.at(-1);
  if (!top || event.key !== 'Escape' || event.isComposing) return;
  event.preventDefault();
  event.stopPropagation();
  top.leave('escape');
}
