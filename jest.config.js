const { availableParallelism } = require('node:os');

/** ES modules among the dependencies, which jest reads only when they are transformed. */
const esModules = [
  'p-queue',
  'p-timeout',
  'eventemitter3',
  'uuid',
  'lru-cache',
  'fast-check',
  'pure-rand',
  'openid-client',
  'oauth4webapi',
  'jose',
];

const common = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: {
    '^.+\\.(t|j|mj)s$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join('|')})/)`],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};

module.exports = {
  // Ends a test that hangs. No test measures time: what is fast enough is asked by `npm run bench`.
  testTimeout: 120_000,
  // On two cores jest would take one: while a test waits for n8n, another can run.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  testSequencer: require.resolve('./test/sequencer.js'),
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/{core,nodes,credentials,sandbox,workflows,scripts}/**/*.test.ts',
        '<rootDir>/test/*.test.ts',
        '<rootDir>/test/docs/*.test.ts',
      ],
    },
    {
      ...common,
      displayName: 'conformance',
      // CommonJS, but exported to importers alone.
      moduleNameMapper: {
        '^dataverse-webapi$': '<rootDir>/node_modules/dataverse-webapi/lib/index.js',
      },
      testMatch: ['<rootDir>/test/{conformance,suites}/**/*.test.ts'],
    },
    { ...common, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.test.ts'] },
  ],
};
