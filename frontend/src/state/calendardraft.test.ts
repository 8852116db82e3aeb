import { describe, expect, it } from 'vitest';
import { calendar } from '../bridge/fake/calendars';
import { fake } from '../bridge/fake/fake';
import { office } from '../bridge/fake/world';
import { hueLike } from '../model/hexes';
import { App } from './app.svelte';
import { CalendarDraft } from './calendardraft.svelte';

// The servers of two accounts give both calendars the same name and colour.
describe('calendars of one name', () => {
  it('get different colours', async () => {
    const go = fake(office());
    go.world.calendars = [calendar('caldav', 'Praca', { colour: '#3178ba' })];
    const draft = new CalendarDraft(new App(go), undefined, go.world.calendars);
    draft.way = 'caldav';
    draft.address = 'https://dav.example.com';
    draft.login = 'hanna';
    draft.password = 'dobre';
    await draft.find();
    await draft.save();
    const hues = go.world.calendars.map(({ name, colour }) => [name, hueLike(colour)] as const);
    const work = hues.filter(([name]) => name === 'Praca').map(([, hue]) => hue);
    expect(work).toHaveLength(2);
    expect(new Set(hues.map(([, hue]) => hue)).size).toBe(hues.length);
    expect(hues.find(([name]) => name === 'Dom')?.[1]).toBe('coral');
  });
});
