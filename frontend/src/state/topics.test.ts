import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fake, type Fake } from '../bridge/fake/fake';
import { off, office } from '../bridge/fake/world';
import { Fault } from '../bridge/fault';
import { setLanguage } from '../i18n/i18n.svelte';
import { App } from './app.svelte';
import type { TopicDraft } from './topicdraft.svelte';
import { pause } from './topicform.svelte';
import type { Topics } from './topics.svelte';
import { topicsOf } from './topicworlds';

let go: Fake;
let app: App;
let topics: Topics;

beforeEach(async () => {
  go = fake(office());
  go.world.lang = 'en';
  app = new App(go);
  await app.begin();
  await setLanguage('en');
  topics = topicsOf(app);
  await topics.load();
});
afterEach(() => vi.useRealTimers());

const slugs = () => go.world.topics.map((topic) => topic.slug);
const called = (method: string) => go.calls.filter((call) => call.method === method);

async function draft(): Promise<TopicDraft> {
  await topics.begin();
  if (!topics.draft) throw new Error('no draft');
  return topics.draft;
}

describe('a new topic', () => {
  it('gets its short name from its name, until one is written', async () => {
    const d = await draft();
    d.set('name', 'Rozmowa o łąkach');
    await vi.waitFor(() => expect(d.values.slug).toBe('rozmowa-o-lakach'));
    d.set('slug', 'Łąki i pola');
    await d.tidySlug();
    expect(d.values.slug).toBe('laki-i-pola');
    d.set('name', 'Inaczej');
    await topics.create();
    expect(slugs().at(-1)).toBe('laki-i-pola');
    expect(app.screen).toEqual({ name: 'topics', topic: 'laki-i-pola' });
    expect(topics.draft).toBeUndefined();
  });

  it('gets a short name that is free', async () => {
    const d = await draft();
    d.set('name', 'Porada prawna');
    await topics.create();
    expect(slugs().at(-1)).toBe('porada-prawna-2');
  });

  it('takes the last of two suggestions, in whatever order they come', async () => {
    const answers: ((slug: string) => void)[] = [];
    const late: Pick<Fake['topics'], 'Slug'> = {
      Slug: () => new Promise((resolve) => answers.push(resolve)),
    };
    Object.assign(go.topics, late);
    const d = await draft();
    d.set('name', 'First');
    d.set('name', 'Second');
    answers[1]?.('second');
    answers[0]?.('first');
    await vi.waitFor(() => expect(d.values.slug).toBe('second'));
  });

  it('is not made while something is wrong', async () => {
    const d = await draft();
    expect(await topics.create()).toBe(false);
    expect(called('topics.Add')).toEqual([]);
    expect(d.problem('name')).toBe('win.topics.name.empty');
    expect(topics.draft).toBe(d);
  });

  it('keeps everything when Go refuses it', async () => {
    const d = await draft();
    d.set('name', 'Talk');
    go.failNext('topics.Add', new Fault('invalid-input', 'who hosts is not known yet'));
    expect(await topics.create()).toBe(false);
    expect(d.fault?.message).toBe('who hosts is not known yet');
    expect(d.values.name).toBe('Talk');
    expect(await topics.create()).toBe(true);
  });

  it('waits while the user is elsewhere, and comes back after it was thrown away', async () => {
    const d = await draft();
    d.set('name', 'Talk');
    app.go({ name: 'settings' });
    expect(topicsOf(app).draft).toBe(d);
    topics.discard();
    expect(topics.draft).toBeUndefined();
    app.toasts.act();
    expect(topics.draft).toBe(d);
    expect(app.screen).toEqual({ name: 'topics', fresh: true });
  });

  it('that is thrown away empty says nothing', async () => {
    await draft();
    topics.discard();
    expect(app.toasts.list).toEqual([]);
  });

  it('like another one is named after it, and made only on demand', async () => {
    topics.duplicate('porada-prawna');
    expect(topics.draft?.values).toMatchObject({
      name: 'Porada prawna (copy)',
      duration: 60,
      colour: 'blue',
    });
    expect(called('topics.Add')).toEqual([]);
    await topics.create();
    expect(slugs().at(-1)).toBe('porada-prawna-copy');
  });

  it('says why none could be begun', async () => {
    go.failNext('topics.Fresh', new Fault('busy-file'));
    await topics.begin();
    expect(topics.fault?.code).toBe('busy-file');
    await topics.begin();
    expect(topics.fault).toBeUndefined();
    expect(topics.draft).toBeDefined();
  });
});

describe('removing', () => {
  it('is done at once, goes to the next topic and can be undone', async () => {
    const before = go.world.topics.find((topic) => topic.slug === 'porada-prawna');
    await topics.remove('porada-prawna');
    expect(slugs()).not.toContain('porada-prawna');
    expect(app.screen).toEqual({ name: 'topics', topic: 'rozmowa-rekrutacyjna' });
    app.toasts.act();
    await vi.waitFor(() => expect(app.screen).toEqual({ name: 'topics', topic: 'porada-prawna' }));
    expect(go.world.topics.at(-1)).toEqual(before);
  });

  it('that Go refuses leaves everything', async () => {
    go.failNext('topics.Remove', new Fault('busy-file'));
    await topics.remove('porada-prawna');
    expect(topics.list.value?.map((topic) => topic.slug)).toContain('porada-prawna');
    expect(app.toasts.list.at(-1)?.tone).toBe('bad');
  });

  it('that cannot be undone as it was leaves a draft', async () => {
    await topics.remove('porada-prawna');
    go.failNext('topics.Add', new Fault('not-connected'));
    app.toasts.act();
    await vi.waitFor(() => expect(topics.draft?.values.slug).toBe('porada-prawna'));
    expect(topics.draft?.fault?.code).toBe('not-connected');
  });
});

describe('changes elsewhere', () => {
  it('come into an open form, and a removal is told', async () => {
    const form = topics.form('porada-prawna');
    form?.set('name', 'Mine');
    form?.stop();
    go.world.topics = go.world.topics.map((one) =>
      one.slug === 'porada-prawna' ? { ...one, duration: 90 } : one,
    );
    await topics.load();
    expect(form?.values).toMatchObject({ name: 'Mine', duration: 90 });
    go.world.topics = go.world.topics.filter((one) => one.slug !== 'porada-prawna');
    await topics.load();
    expect(form?.gone).toBe(true);
    if (form) await topics.keep(form);
    expect(go.world.topics.at(-1)).toMatchObject({ slug: 'porada-prawna', name: 'Mine' });
    expect(topics.form('porada-prawna')?.gone).toBe(false);
  });

  it('leave a topic that never was without a form', () => expect(topics.form('nothing')).toBeUndefined());

  it('turning a topic off reaches its form', async () => {
    await topics.switch('porada-prawna', false);
    expect(topics.form('porada-prawna')?.values.on).toBe(false);
    expect(topics.list.value?.find((one) => one.slug === 'porada-prawna')?.on).toBe(false);
  });

  it('going on saves what was typed', async () => {
    topics.form('porada-prawna')?.set('name', 'Mine');
    await topics.flush();
    expect(go.world.topics.find((one) => one.slug === 'porada-prawna')?.name).toBe('Mine');
  });
});

describe('Zoom', () => {
  beforeEach(async () => {
    go.world.connection = off(go.world.connection);
    await app.connection.load();
    topics.zoomIs('not connected');
  });

  it('becomes the place of a draft without one that asked for it', async () => {
    const d = await draft();
    expect(d.place).toBeUndefined();
    await topics.connect();
    expect(called('video.Connect')).toHaveLength(1);
    topics.zoomIs('connected');
    expect(d.place?.kind).toBe('zoom');
  });

  it('does not replace a place that was chosen', async () => {
    const d = await draft();
    await topics.connect();
    d.takePlace('phone');
    topics.zoomIs('connected');
    expect(d.place?.kind).toBe('phone');
  });

  it('lets a refused change go on once it is connected', async () => {
    const form = topics.form('porada-prawna');
    form?.set('name', 'Mine');
    await form?.flush();
    expect(form?.standing).toBe('failed');
    go.world.connection = { ...go.world.connection, state: 'connected' };
    topics.zoomIs('connected');
    await vi.waitFor(() => expect(form?.standing).toBe('saved'));
  });
});

describe('the sandbox', () => {
  it('has topics of its own, and saves nothing of the real ones', async () => {
    await draft();
    topics.form('porada-prawna')?.set('name', 'Mine');
    await topics.sandbox();
    expect(go.world.topics.find((one) => one.slug === 'porada-prawna')?.name).toBe('Mine');
    const sandbox = topicsOf(app);
    expect(sandbox).not.toBe(topics);
    expect(sandbox.draft).toBeUndefined();
    vi.useFakeTimers();
    topics.form('porada-prawna')?.set('name', 'Late');
    await topics.flush();
    await vi.advanceTimersByTimeAsync(pause);
    expect(called('topics.Change')).toHaveLength(1);
    await app.sandbox(false);
    expect(topicsOf(app)).toBe(topics);
    await app.sandbox(true);
    expect(topicsOf(app)).not.toBe(sandbox);
  });
});
