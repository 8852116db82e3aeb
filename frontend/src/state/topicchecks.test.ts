import { describe, expect, it } from 'vitest';
import { topic } from '../bridge/fake/world';
import { differing, freeSlug, problemOfSlug, problemsOf, same } from './topicchecks';

const advice = topic('advice', 'Advice', 'blue', 30);
const at = (kind: string, detail: string) => problemsOf(topic('a', 'A', 'blue', 30, kind, detail)).places;

describe('the checks of a topic', () => {
  it('let a topic pass that is right', () => expect(problemsOf(advice)).toEqual({}));

  it('want a name of at most 120 characters', () => {
    expect(problemsOf({ ...advice, name: ' ' }).name).toBe('win.topics.name.empty');
    expect(problemsOf({ ...advice, name: '😀'.repeat(120) }).name).toBeUndefined();
    expect(problemsOf({ ...advice, name: 'x'.repeat(121) }).name).toBe('win.topics.name.long');
  });

  it('want a description of at most 2000 characters', () => {
    expect(problemsOf({ ...advice, description: 'x'.repeat(2000) }).description).toBeUndefined();
    expect(problemsOf({ ...advice, description: 'x'.repeat(2001) }).description).toBeDefined();
  });

  it('want a place, and a word to it', () => {
    expect(problemsOf({ ...advice, places: [] }).places).toBe('win.topics.place.none');
    expect(at('phone', ' ')).toBe('win.topics.place.phone.empty');
    expect(at('phone', '+48 600 100 200')).toBeUndefined();
    expect(at('address', '')).toBe('win.topics.place.address.empty');
    expect(at('address', 'x'.repeat(501))).toBe('win.topics.place.detail.long');
  });

  it.each([
    '',
    'meet.example',
    'http://meet.example',
    'https://',
    'https:meet.example',
    'https://a b',
    'https://me@x.example',
  ])('refuse the link %j', (link) => expect(at('link', link)).toBe('win.topics.place.link.bad'));

  it.each(['https://meet.example', 'HTTPS://meet.example/room?a=b#c', ' https://spotkania.example:8443/x '])(
    'take the link %j',
    (link) => expect(at('link', link)).toBeUndefined(),
  );

  it('want a short name that is short and free', () => {
    expect(problemOfSlug('', [])).toBe('win.topics.slug.empty');
    for (const bad of ['Advice', 'advice-', 'a--b', 'porada prawna', 'ćwik'])
      expect(problemOfSlug(bad, [])).toBe('win.topics.slug.bad');
    expect(problemOfSlug('advice', ['advice'])).toBe('win.topics.slug.taken');
    expect(problemOfSlug('advice-2', ['advice'])).toBeUndefined();
  });

  it('find a short name that is free', () => {
    expect(freeSlug('advice', ['advice', 'advice-2'])).toBe('advice-3');
    expect(freeSlug('talk', ['advice'])).toBe('talk');
    expect(freeSlug('', [''])).toBe('');
  });
});

describe('a difference', () => {
  it('is not made by blanks at an end', () => {
    expect(differing({ ...advice, name: 'Advice ' }, advice)).toEqual([]);
    expect(differing({ ...advice, name: 'Advices', on: false }, advice)).toEqual(['name', 'on']);
  });

  it('of places is one of what they say', () => {
    const [place] = advice.places;
    if (!place) throw new Error('no place');
    expect(same('places', [{ ...place }], advice.places)).toBe(true);
    expect(same('places', [{ ...place, waitingRoom: 'on' }], advice.places)).toBe(false);
    expect(same('places', [], advice.places)).toBe(false);
  });
});
