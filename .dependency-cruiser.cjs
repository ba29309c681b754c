/** Data flows events → ledger → fold → read models → apps; imports point the other way only. */
const lib = (name) => `^libs/${name}/`;
const only = (name, ...above) => ({
  name: `${name}-imports`,
  comment: `libs/${name} may import only ${above.length > 0 ? above.join(', ') : 'no lib'}.`,
  severity: 'error',
  from: { path: lib(name), pathNot: '\\.spec\\.ts$' },
  to: { path: '^(libs|apps)/', pathNot: [name, ...above].map(lib) },
});
const packages = (name, allowed) => ({
  name: `${name}-is-pure`,
  comment: `libs/${name} is pure: no Nest, no I/O, no clock; packages allowed: ${allowed}.`,
  severity: 'error',
  from: { path: lib(name), pathNot: '\\.spec\\.ts$' },
  to: { dependencyTypesNot: ['local', 'aliased', 'aliased-subpath-import'], pathNot: allowed },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    only('events'),
    only('proofs'),
    only('ledger', 'events', 'proofs'),
    only('fold', 'events'),
    only('read-models', 'events', 'fold'),
    only('platform'),
    packages('events', 'node_modules/zod/'),
    packages('fold', 'node_modules/zod/'),
    packages('proofs', '^$'),
    {
      name: 'libs-through-their-index',
      comment: 'Another lib is imported as #libs/name, through its index.ts.',
      severity: 'error',
      from: { path: '^(libs|apps)/([^/]+)/' },
      to: { path: '^libs/', pathNot: ['^$1/$2/', '^libs/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'no-app-imports-an-app',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'nest-lives-in-apps-and-platform',
      severity: 'error',
      from: { path: '^libs/', pathNot: lib('platform') },
      to: { path: 'node_modules/@nestjs/' },
    },
    {
      name: 'product-imports-no-test',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(test|bench)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.data)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
};
