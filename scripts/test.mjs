// npm test: sets up, then runs and counts every check and every test; a failed stage does not stop the next ones.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { installChromium, installPackages, requireNode, run } from './setup.mjs'

requireNode()
installPackages()
installChromium()

const reports = 'test-results/reports'
rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })

let passed = 0
let failed = 0

/** Runs a stage that writes no report; it counts as one check. */
function check(/** @type {string} */ name, /** @type {string[]} */ args) {
  console.log(`\n== ${name}`)
  if (run('npx', args)) passed++
  else failed++
}

/**
 * Runs a stage that writes a JSON report and counts its tests; if it ends without a report, it counts as one failure.
 * @param {string} name
 * @param {string[]} args
 * @param {string} report
 * @param {(json: any) => { passed: number, failed: number }} count
 * @param {Record<string, string>} [env]
 */
function suite(name, args, report, count, env) {
  console.log(`\n== ${name}`)
  const succeeded = run('npx', args, { env: { ...process.env, ...env } })
  try {
    const counts = count(JSON.parse(readFileSync(`${reports}/${report}`, 'utf8')))
    passed += counts.passed
    failed += counts.failed
    if (!succeeded && counts.failed === 0) failed++
  } catch {
    failed++
  }
}

check('format and lint', ['biome', 'check'])
check('types', ['tsc', '--build'])
check('dependency rules', ['depcruise', '--config', '.dependency-cruiser.cjs', 'src'])
check('dead code', ['knip'])
check('build', ['vite', 'build', '--logLevel', 'warn'])
check('build of the example', [
  'vite',
  'build',
  '--config',
  'examples/minimal/vite.config.ts',
  '--logLevel',
  'warn',
])
for (const project of ['node', 'browser', 'lavapipe'])
  suite(
    `unit tests, ${project}`,
    [
      'vitest',
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reports}/${project}.json`,
    ],
    `${project}.json`,
    (json) => ({ passed: json.numPassedTests, failed: json.numFailedTests }),
  )
suite(
  'end to end',
  ['playwright', 'test', '--reporter=list,json'],
  'e2e.json',
  ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected }),
  { PLAYWRIGHT_JSON_OUTPUT_NAME: `${reports}/e2e.json` },
)

console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
