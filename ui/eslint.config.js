import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import svelteParser from 'svelte-eslint-parser';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const host = {
  group: ['@tauri-apps/*'],
  message: 'Only src/backend talks to the host: use call() and on() from src/backend.',
};
const features = {
  regex: '/features/',
  message: 'backend, i18n and shared know nothing of features.',
};
const insideOfOtherFeature = {
  regex: '^\\.\\./(?!\\.\\.)[^/]+/(?!index\\.ts$)',
  message: 'A feature imports another feature only through its index.ts.',
};
const restrict = (...patterns) => ({
  '@typescript-eslint/no-restricted-imports': ['error', { patterns }],
});

export default ts.config(
  { ignores: ['dist/', 'node_modules/', 'src/backend/generated.ts'] },
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.browser },
      parserOptions: {
        // Also for import-x, which parses a .svelte file while it checks a .ts file.
        parser: ts.parser,
        project: './tsconfig.json',
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    plugins: { 'import-x': importX },
    settings: {
      // Both must name .ts and .svelte, or no-cycle stays silent.
      'import-x/extensions': ['.ts', '.svelte'],
      'import-x/parsers': {
        '@typescript-eslint/parser': ['.ts'],
        'svelte-eslint-parser': ['.svelte'],
      },
      'import-x/resolver': { typescript: { project: './tsconfig.json' } },
    },
    rules: {
      'import-x/no-cycle': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      eqeqeq: 'error',
      'no-console': 'error',
      ...restrict(host),
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parser: svelteParser,
      parserOptions: { parser: ts.parser, svelteConfig },
    },
    rules: {
      // ESLint sees a component as `any`; svelte-check, which knows its props, checks these.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/restrict-plus-operands': 'off',
      // `let { ... } = $props()` and `$state` are assigned by the compiler.
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { destructuring: 'all' }],
      // Most maps, sets and dates here are local to one computation and never shown.
      'svelte/prefer-svelte-reactivity': 'off',
      // The router is a hash router: addresses are made by href(), not by a kit.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  {
    files: ['src/backend/**', 'src/i18n/**', 'src/shared/**'],
    rules: restrict(host, features),
  },
  { files: ['src/backend/**'], rules: restrict(features) },
  { files: ['src/features/**'], rules: restrict(host, insideOfOtherFeature) },
  { files: ['**/*.js'], extends: [ts.configs.disableTypeChecked] },
);
