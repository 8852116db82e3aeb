import { expect, it } from 'vitest';
import { shortcut } from './shortcut';

it.each([
  [['N'], 'N'],
  [['Ctrl', 'K'], 'Control+K'],
  [['Ctrl', '↵'], 'Control+Enter'],
  [['Esc'], 'Escape'],
])('%j is said as %s', (keys, wanted) => {
  expect(shortcut(keys)).toBe(wanted);
});

it('says nothing of keys pressed one after another, and of none', () => {
  expect(shortcut(['G', 'I'])).toBeUndefined();
  expect(shortcut([])).toBeUndefined();
  expect(shortcut(undefined)).toBeUndefined();
});
