import './fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/layout.css';
import { mount } from 'svelte';
import App from './App.svelte';
import type { Backend } from './bridge/backend';
import { wails } from './bridge/wails';
import { expectLanguage } from './i18n/i18n.svelte';
import { App as State } from './state/app.svelte';

/** Go, or in a plain browser at work the backend that ?fake asks for. */
async function backend(): Promise<Backend> {
  if (import.meta.env.DEV && location.search.includes('fake'))
    return (await import('./bridge/fake/dev')).dev(location.search);
  return wails();
}

async function start(): Promise<void> {
  expectLanguage(navigator.language);
  const app = new State(await backend());
  if (import.meta.env.DEV) (await import('./bridge/fake/dev')).place(app, location.search);
  void app.begin(); // Go answers while the frame is being put together
  const target = document.getElementById('app');
  if (target) mount(App, { target, props: { app } });
}

void start();
