import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';
import { arrows } from './tools/lint/arrows.js';
import { bareWords } from './tools/lint/bareWords.js';

const house = { rules: { arrows, 'bare-words': bareWords } };

export default defineConfig(
  globalIgnores(['dist', 'wailsjs', 'tools/lint/fixtures']),
  ts.configs.recommendedTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: { parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // Day | '' says more than string, though it is the same.
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      // A method may be async because its interface is.
      '@typescript-eslint/require-await': 'off',
      'no-restricted-imports': [
        'error',
        { name: '@lucide/svelte', message: "Import the icon alone: '@lucide/svelte/icons/plus'." },
      ],
      eqeqeq: 'error',
      'no-console': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: {
      'svelte/no-at-html-tags': 'error',
      'svelte/button-has-type': 'error',
      // What is not to be followed by the page is a plain Map on purpose.
      'svelte/prefer-svelte-reactivity': 'off',
      'prefer-const': 'off', // $props and bindings are written with let
    },
  },
  {
    // In markup ESLint does not know the types of events and snippets; svelte-check does, and checks them.
    files: ['**/*.svelte'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['**/src/**'],
    plugins: { house },
    rules: { 'house/arrows': 'error' },
  },
  {
    files: ['**/src/**/*.svelte'],
    rules: { 'house/bare-words': 'error' },
  },
  {
    files: ['**/src/{model,i18n}/**/*.ts'],
    rules: { 'no-restricted-globals': ['error', 'window', 'document', 'navigator', 'localStorage', 'fetch'] },
  },
  {
    files: ['tools/**/*.{ts,js}', '*.{ts,js}'],
    rules: { 'no-console': 'off' },
  },
);
