import { setLanguage } from '../src/i18n/i18n.svelte';

// Components are tested in English; a test that wants Polish turns to it itself.
await setLanguage('en');
