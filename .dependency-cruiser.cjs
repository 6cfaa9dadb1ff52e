/** The arrows of ARCHITECTURE.md: each room may import only what stands to its left. */
const room = (name) => `^packages/${name}/src`
const server = (name) => `^apps/server/src/${name}`
const forbid = (name, from, to, comment) => ({ name, comment, severity: 'error', from: { path: from, pathNot: '\\.test\\.tsx?$' }, to: { path: to } })

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphan-imports', severity: 'error', from: {}, to: { couldNotResolve: true } },
    forbid('model-imports-nothing', room('model'), '^(?!packages/model/)', 'model is the left end of every arrow'),
    forbid('routing-imports-model-only', room('routing'), '^(?!packages/(model|routing)/)', 'routing is pure'),
    forbid('metrics-imports-model-only', room('metrics'), '^(?!packages/(model|metrics)/)', 'metrics is pure'),
    forbid('contract-is-pure', room('contract'), '^(?!packages/(model|contract)/|node_modules/zod)', 'contract: model and zod'),
    forbid('client-speaks-contract', room('client'), '^(apps|packages/(routing|testing))', 'client: model and contract'),
    forbid('apps-do-not-import-server', '^apps/(desk|widget)', '^apps/server|^packages/(routing|testing)', 'a browser imports client and contract'),
    forbid('demo-speaks-in-public', '^demo/(?!history/|own-server)', '^apps', 'customers and agents of the demo know the public interface only'),
    forbid('demo-history-knows-rows', '^demo', '^apps/(?!server/src/(store/schema\\.generated|postgres/supervisor))', 'a past knows rows, and how the embedded database is opened; nothing else'),
    forbid('nobody-imports-the-demo', '^(apps|packages|bench|scripts)', '^demo', 'the demo is a program of its own'),
    forbid('packages-do-not-import-apps', '^packages/(?!testing)', '^apps', 'packages stand on their own'),
    forbid('store-is-below-actions', server('store'), server('(actions|router|http|realtime|jobs|metrics|channels|compose|main)'), 'store persists'),
    forbid('actions-are-below-the-shell', server('actions'), server('(router|http|realtime|jobs|metrics|channels|compose|main)'), 'actions know no shell'),
    forbid('shells-do-not-import-each-other', server('(http|router|jobs|metrics)'), server('(compose|main)'), 'compose constructs'),
    forbid('only-compose-constructs', '^apps/server/src/(?!compose|main|.*\\.test)', server('compose'), 'compose is constructed by main'),
    {
      name: 'pure-rooms-touch-no-io',
      comment: 'no clock, process, network or database in the pure rooms',
      severity: 'error',
      from: { path: '^packages/(model|routing|metrics|contract)/src', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'], extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'] },
  },
}
