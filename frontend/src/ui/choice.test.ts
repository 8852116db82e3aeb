import { describe, expect, it } from 'vitest';
import { fold, grouped, search, type Choice } from './choice';

const zones: Choice[] = [
  { value: 'Europe/Warsaw', label: 'Warszawa', detail: 'GMT+1', words: 'Europe/Warsaw Łódź Kraków' },
  { value: 'America/New_York', label: 'Nowy Jork', detail: 'GMT−5', words: 'America/New_York' },
  { value: 'Asia/Tokyo', label: 'Tokio', words: 'Asia/Tokyo' },
];

describe('search', () => {
  it.each([
    ['lodz', ['Europe/Warsaw']],
    ['ŁÓDŹ', ['Europe/Warsaw']],
    ['new york', ['America/New_York']],
    ['jork nowy', ['America/New_York']],
    ['gmt', ['Europe/Warsaw', 'America/New_York']],
    ['ork', []],
  ])('%s finds %j', (query, wanted) => {
    expect(search(zones, query).map((choice) => choice.value)).toEqual(wanted);
  });

  it('finds everything for an empty query', () => {
    expect(search(zones, '  ')).toHaveLength(zones.length);
  });
});

it('folds letters that have no accent to lose', () => {
  expect(fold('Żółć_Łęg')).toBe('zolc leg');
});

it('parts choices by their group, in their order', () => {
  const groups = grouped([
    { value: 'a', label: 'a' },
    { value: 'b', label: 'b', group: 'one' },
    { value: 'c', label: 'c', group: 'one' },
    { value: 'd', label: 'd', group: 'two' },
  ]);
  expect(groups.map((group) => [group.name, group.choices.length])).toEqual([
    [undefined, 1],
    ['one', 2],
    ['two', 1],
  ]);
});
