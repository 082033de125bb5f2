// The screen and the sound output that the engines need on a machine without either: Xvfb, and PulseAudio's null sink.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProgram } from './browser.mjs'

/**
 * Starts both, until `signal` is aborted.
 * @returns {Promise<NodeJS.ProcessEnv>} the environment for a browser
 */
export async function openSurroundings(/** @type {AbortSignal} */ signal) {
  const folder = mkdtempSync(join(tmpdir(), 'engines-'))
  const socket = join(folder, 'sound.socket')
  const env = { ...process.env, XDG_RUNTIME_DIR: folder, PULSE_SERVER: `unix:${socket}`, GDK_BACKEND: 'x11' }
  signal.addEventListener('abort', () => rmSync(folder, { recursive: true, force: true }))
  const [, screen] = await startProgram(
    'Xvfb',
    ['-displayfd', '1', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'],
    /^(\d+)$/m,
    { env, signal },
  )
  await startProgram(
    'pulseaudio',
    [
      '-n',
      '--daemonize=no',
      '--exit-idle-time=-1',
      '--log-level=info',
      '--load=module-null-sink',
      `--load=module-native-protocol-unix socket=${socket} auth-anonymous=1`,
    ],
    /Daemon startup complete/,
    { env, signal },
  )
  return { ...env, DISPLAY: `:${screen}` }
}
