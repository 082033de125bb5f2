// The modules of src/ and the imports allowed between them (CONTRIBUTING.md, "Architecture").
const modules = {
  base: [],
  worker: ['base'],
  storage: ['base'],
  listening: ['base'],
  dsp: ['base'],
  io: ['base', 'dsp'],
  metrics: ['base', 'dsp'],
  diffusion: ['base', 'dsp', 'kernels'],
  kernels: ['base', 'dsp'],
  model: ['base', 'dsp', 'io', 'kernels'],
  engine: ['base', 'worker', 'dsp', 'io', 'metrics', 'diffusion', 'kernels', 'model'],
  analysis: ['base', 'worker', 'dsp', 'io', 'metrics'],
  audio: ['base', 'dsp', 'io'],
  store: ['base', 'dsp', 'diffusion', 'audio', 'listening', 'storage', 'engine', 'analysis'],
  ui: ['base', 'dsp', 'diffusion', 'audio', 'listening', 'store'],
}

const mayUseTensorFlow = '^src/(diffusion|kernels|model|engine)/'

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: '\\.d\\.ts$|\\.test\\.tsx?$' },
      to: {},
    },
    {
      name: 'tensorflow-stays-in-the-engine',
      severity: 'error',
      from: { path: '^src', pathNot: mayUseTensorFlow },
      to: { path: '@tensorflow' },
    },
    {
      name: 'react-stays-in-the-page',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/(ui/|main\\.tsx)' },
      to: { path: 'node_modules/(react|react-dom)/' },
    },
    {
      name: 'store-sees-only-interfaces',
      severity: 'error',
      comment: 'The store knows the engine and the analysis only by their interfaces; main.tsx builds them.',
      from: { path: '^src/store/', pathNot: '\\.test\\.tsx?$' },
      to: {
        path: '^src/(engine|analysis|storage)/',
        pathNot:
          '^src/(engine/(vocoder-engine|models/user-models|training/training-engine)|analysis/analysis|storage/file-store)\\.ts$',
      },
    },
    {
      name: 'testing-stays-in-tests',
      severity: 'error',
      comment: 'Modules in a testing folder serve only tests, and may import whatever tests may.',
      from: { path: '^src', pathNot: '\\.(test|contract)\\.tsx?$|/testing/' },
      to: { path: '^src/.*/testing/' },
    },
    {
      name: 'page-sees-only-schedules',
      severity: 'error',
      comment:
        'The page shows and checks schedules, which need no tensors; the rest of the diffusion belongs to the worker.',
      from: { path: '^src/(store|ui)/' },
      to: { path: '^src/diffusion/', pathNot: '^src/diffusion/schedule\\.ts$' },
    },
    ...Object.entries(modules).map(([name, allowed]) => ({
      name: `${name}-arrows`,
      severity: 'error',
      from: { path: `^src/${name}/`, pathNot: '\\.(test|contract)\\.tsx?$|/testing/' },
      to: { path: '^src/', pathNot: `^src/(${[name, ...allowed].join('|')})/` },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.page.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'types', 'default'],
    },
  },
}
