// npm start: sets up, builds, serves with the headers that wasm threads need, prints the address and opens the page.
import { spawn } from 'node:child_process'
import { installPackages, requireNode, run } from './setup.mjs'

requireNode()
installPackages()
if (!run('npx', ['vite', 'build', '--logLevel', 'warn'])) process.exit(1)

const { preview } = await import('vite')
const server = await preview({ preview: { port: Number(process.env.PORT ?? 4173) } })
const address = server.resolvedUrls?.local[0] ?? 'http://localhost:4173/'
console.log(`\n  InferGrad in the page:  ${address}\n  Stop with Ctrl+C.\n`)

if (!process.env.CI && process.stdout.isTTY) {
  const opener = { darwin: 'open', win32: 'explorer' }[/** @type {string} */ (process.platform)] ?? 'xdg-open'
  spawn(opener, [address], { stdio: 'ignore', detached: true })
    .on('error', () => console.log('  No browser could be started: open the address by hand.'))
    .unref()
}
