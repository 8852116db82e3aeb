import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fake } from '../bridge/fake/fake';
import { App } from './app.svelte';
import { Shortcuts } from './shortcuts';

let app: App;
let shortcuts: Shortcuts;

beforeEach(async () => {
  app = new App(fake());
  await app.begin();
  shortcuts = new Shortcuts(app);
});

function press(key: string, more: KeyboardEventInit = {}, at: EventTarget = document.body): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, cancelable: true, ...more });
  Object.defineProperty(event, 'target', { value: at });
  shortcuts.press(event);
  return event;
}

describe('the keys of the window', () => {
  it('go to a screen after G', () => {
    press('g');
    press('i');
    expect(app.screen).toEqual({ name: 'integrations', tab: 'video' });
    press('s');
    expect(app.screen.name).toBe('integrations');
  });

  it('book with N', () => {
    expect(press('n').defaultPrevented).toBe(true);
    expect(app.draft).toEqual({});
  });

  it('leave a field what is typed into it', () => {
    expect(press('n', {}, document.createElement('input')).defaultPrevented).toBe(false);
    press('z', { ctrlKey: true }, document.createElement('textarea'));
    expect(app.draft).toBeUndefined();
  });

  it('take back with Ctrl+Z only when something can be taken back', () => {
    expect(press('z', { ctrlKey: true }).defaultPrevented).toBe(false);
    const undo = vi.fn();
    app.toasts.show('x', { action: { label: 'Undo', run: undo } });
    expect(press('z', { ctrlKey: true }).defaultPrevented).toBe(true);
    expect(undo).toHaveBeenCalledOnce();
  });
});
