// The screen and the sound output that the engines need on a machine without either: Xvfb, and PulseAudio's null sink.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProgram } from './browser.mjs'

/** @returns {Promise<{ env: NodeJS.ProcessEnv, close: () => void }>} the environment for a browser */
export async function openSurroundings() {
  const folder = mkdtempSync(join(tmpdir(), 'engines-'))
  const socket = join(folder, 'sound.socket')
  const env = { ...process.env, XDG_RUNTIME_DIR: folder, PULSE_SERVER: `unix:${socket}`, GDK_BACKEND: 'x11' }
  const screen = await startProgram(
    'Xvfb',
    ['-displayfd', '1', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'],
    /^(\d+)$/m,
    env,
  )
  const sound = await startProgram(
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
    env,
  )
  return {
    env: { ...env, DISPLAY: `:${screen.matched[1]}` },
    close() {
      sound.child.kill()
      screen.child.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
