// The rules of the house: imports run upstream only, a room is entered by its door, models know only words.
const rooms = [
  'vocabulary',
  'database',
  'people',
  'products',
  'campaigns',
  'partners',
  'touches',
  'orders',
  'attribution',
  'ledger',
  'rollups',
  'reports',
  'billing',
  'intake',
  'jobs',
  'http',
  'cli',
];
const src = 'packages/server/src';

const upstreamOnly = rooms.slice(0, -1).map((room, place) => ({
  name: `${room}-knows-nothing-downstream`,
  severity: 'error',
  from: { path: `^${src}/${room}/`, pathNot: '\\.test\\.ts$' },
  to: { path: `^${src}/(${rooms.slice(place + 1).join('|')})/`, dependencyTypesNot: ['type-only'] },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...upstreamOnly,
    {
      name: 'attribution-does-not-know-the-ledger',
      comment: 'jobs/ joins them; not even their types meet.',
      severity: 'error',
      from: { path: `^${src}/attribution/`, pathNot: '\\.test\\.ts$' },
      to: { path: `^${src}/ledger/` },
    },
    {
      name: 'models-know-only-words',
      severity: 'error',
      from: { path: `^${src}/attribution/models/`, pathNot: '\\.test\\.ts$' },
      to: { pathNot: `^${src}/(vocabulary|attribution/models)/|^node_modules/(vitest|fast-check)` },
    },
    {
      name: 'rooms-are-entered-by-their-door',
      severity: 'error',
      from: { path: `^${src}/([^/]+)/` },
      to: {
        path: `^${src}/(?!vocabulary/)[^/]+/.+`,
        pathNot: [`^${src}/$1/`, `^${src}/[^/]+/index\\.ts$`, `^${src}/http/route-table\\.ts$`],
      },
    },
    {
      name: 'the-dashboard-asks-over-http',
      severity: 'error',
      from: { path: '^packages/web/' },
      to: { path: '^packages/server/' },
    },
    {
      name: 'the-tracker-stands-alone',
      severity: 'error',
      from: { path: '^packages/tracker/src/' },
      to: { pathNot: '^packages/tracker/src/' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'source-does-not-import-tests',
      severity: 'error',
      from: { pathNot: '\\.test\\.ts$|^packages/[^/]+/test/' },
      to: { path: '\\.test\\.ts$|^packages/[^/]+/test/' },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types'] },
  },
};
