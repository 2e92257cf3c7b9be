import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

const community = n8nCommunityNodesPlugin.configs.recommended;
const base = n8nNodesBase.configs;

/** n8n's own toolchain switches these five off too: they contradict the newer community plugin. */
const supersededByCommunityPlugin = {
  'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
  'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
  'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
  'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
  'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
};

/**
 * Rules for n8n's cloud, which a self-hosted pack cannot keep: the ledger's embedded default is `node:sqlite`
 * below n8n's user folder (needs `process.env`), and `core` runs alone, with timers and fetch of its own.
 */
const cloudOnly = {
  '@n8n/community-nodes/no-restricted-globals': 'off',
  '@n8n/community-nodes/no-restricted-imports': 'off',
};

export default tseslint.config(
  { ignores: ['node_modules', 'dist', 'coverage', 'test-results'] },
  {
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
  },
  ...tseslint.configs.recommended.map((config) => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      // `const { left, out, ...rest } = record` is the plain way to leave fields out.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'max-lines': ['error', { max: 400 }],
    },
  },
  {
    // What is shipped, and the sandbox, read what others wrote: no expression may take quadratic time on it.
    files: ['{core,nodes,credentials,sandbox}/**/*.ts'],
    ignores: ['**/*.test.ts'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
    },
  },
  {
    // What one item says would be done with all of them.
    files: ['nodes/**/*.ts'],
    ignores: ['**/*.test.ts', 'nodes/shared/parameters.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...['[callee.property.name="getNodeParameter"]', '[callee.name="read"]'].map((callee) => ({
          selector: `CallExpression${callee}[arguments.1.value=0]`,
          message: 'Read it for each item, or with sameForAll, which refuses what differs.',
        })),
      ],
    },
  },
  {
    files: ['scripts/**/*.ts', 'sandbox/main.ts', 'test/{bench,chaos,editor}/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    ...community,
    files: ['nodes/**/*.ts', 'credentials/**/*.ts', 'package.json'],
    ignores: ['**/*.test.ts'],
    rules: { ...community.rules, ...cloudOnly },
  },
  {
    files: ['package.json'],
    languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
  },
  {
    files: ['nodes/**/*.ts'],
    ignores: ['**/*.test.ts'],
    plugins: { 'n8n-nodes-base': n8nNodesBase },
    rules: { ...base.nodes.rules, ...supersededByCommunityPlugin },
  },
  {
    files: ['credentials/**/*.ts'],
    ignores: ['**/*.test.ts'],
    plugins: { 'n8n-nodes-base': n8nNodesBase },
    rules: { ...base.credentials.rules, ...supersededByCommunityPlugin },
  },
  {
    files: ['package.json'],
    plugins: { 'n8n-nodes-base': n8nNodesBase },
    rules: base.community.rules,
  },
);
