import { describe, expect, it } from 'vitest';
import { typed, Typeahead } from './typeahead';

const towns = ['Warszawa', 'Łódź', '', 'Nowy Jork', 'Nowy Sącz', 'Lima'];

/** Types a letter every so many milliseconds; gives the index each leads to. */
function type(text: string, every = 100, from = -1): (number | undefined)[] {
  const typing = new Typeahead();
  let at = from;
  return [...text].map((letter, i) => {
    const next = typing.find(letter, i * every, towns, at);
    at = next ?? at;
    return next;
  });
}

describe('letters in a list', () => {
  it('lead to what begins with them, without accents', () => {
    expect(type('lo')).toEqual([1, 1]);
    expect(type('Ł')).toEqual([1]);
  });

  it('go on with a space', () => {
    expect(type('nowy s')).toEqual([3, 3, 3, 3, 3, 4]);
  });

  it('go to the next when it is the same letter', () => {
    expect(type('nnn')).toEqual([3, 4, 3]);
  });

  it('begin anew after a pause', () => {
    expect(type('nl', 1_000)).toEqual([3, 5]);
    expect(type('nl', 999)).toEqual([3, undefined]);
  });

  it('find nothing where nothing begins so', () => {
    expect(type('x')).toEqual([undefined]);
  });

  it('claim a space only while they are being typed', () => {
    const typing = new Typeahead();
    expect(typing.runs(0)).toBe(false);
    typing.find('n', 0, towns, -1);
    expect(typing.runs(999)).toBe(true);
    expect(typing.runs(1_000)).toBe(false);
  });
});

it('a key types a letter unless it is a command', () => {
  const press = (key: string, more: KeyboardEventInit = {}) =>
    typed(new KeyboardEvent('keydown', { key, ...more }));
  expect(press('a')).toBe('a');
  expect(press('ArrowDown')).toBeUndefined();
  expect(press('z', { ctrlKey: true })).toBeUndefined();
  expect(press('z', { metaKey: true })).toBeUndefined();
});
