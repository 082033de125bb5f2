// Peak resident memory of a tab, from the operating system: what the page holds however it holds it (heap, wasm, GPU buffers
// in software). Linux only; elsewhere null.
import { readdirSync, readFileSync } from 'node:fs'

/** @returns {Map<number, { parent: number, command: string, peakKilobytes: number }>} */
function processes() {
  const found = new Map()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8')
      found.set(Number(name), {
        parent: Number(status.match(/PPid:\s+(\d+)/)?.[1]),
        peakKilobytes: Number(status.match(/VmHWM:\s+(\d+)/)?.[1] ?? 0),
        command: readFileSync(`/proc/${name}/cmdline`, 'utf8'),
      })
    } catch {
      // The process ended between the listing and the reading.
    }
  }
  return found
}

/**
 * Highest peak among the renderer processes below a browser process.
 * @param {number} browserPid
 * @returns {number | null} megabytes
 */
export function peakRendererMegabytes(browserPid) {
  if (process.platform !== 'linux') return null
  const all = processes()
  const descends = (/** @type {number} */ pid) => {
    for (let at = all.get(pid)?.parent; at; at = all.get(at)?.parent) if (at === browserPid) return true
    return false
  }
  const peaks = [...all]
    .filter(([pid, { command }]) => command.includes('--type=renderer') && descends(pid))
    .map(([, { peakKilobytes }]) => peakKilobytes / 1024)
  return Math.round(Math.max(0, ...peaks))
}
