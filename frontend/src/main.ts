import './fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/layout.css';
import { mount } from 'svelte';
import App from './App.svelte';
import type { Backend, Start } from './bridge/backend';
import { wails } from './bridge/wails';
import { expectLanguage } from './i18n/i18n.svelte';
import { App as State } from './state/app.svelte';

/** Go, or in a plain browser at work the backend that ?fake asks for. */
async function backend(): Promise<Backend> {
  if (import.meta.env.DEV && location.search.includes('fake'))
    return (await import('./bridge/fake/dev')).dev(location.search);
  return wails();
}

/** What Go put into the page, so that the first drawing waits for no answer; nothing when it did not. */
function opening(): Start | undefined {
  const text = document.getElementById('opening')?.textContent;
  return text ? (JSON.parse(text) as Start) : undefined;
}

async function start(): Promise<void> {
  const known = opening();
  expectLanguage(known?.lang ?? navigator.language);
  const app = new State(await backend());
  if (import.meta.env.DEV) (await import('./bridge/fake/dev')).place(app, location.search);
  if (known) void app.preview(known);
  void app.begin(); // Go answers while the frame is being put together
  const target = document.getElementById('app');
  if (target) mount(App, { target, props: { app } });
}

void start();
