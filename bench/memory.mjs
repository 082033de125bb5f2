// Resident memory of a tab as reported by the operating system, which includes all kinds (heap, wasm, software GPU
// buffers). Linux only; null elsewhere.
import { readdirSync, readFileSync } from 'node:fs'

/** @returns {Map<number, { parent: number, command: string, peakKilobytes: number, nowKilobytes: number }>} */
function processes() {
  const found = new Map()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8')
      found.set(Number(name), {
        parent: Number(status.match(/PPid:\s+(\d+)/)?.[1]),
        peakKilobytes: Number(status.match(/VmHWM:\s+(\d+)/)?.[1] ?? 0),
        nowKilobytes: Number(status.match(/VmRSS:\s+(\d+)/)?.[1] ?? 0),
        command: readFileSync(`/proc/${name}/cmdline`, 'utf8'),
      })
    } catch {
      // The process ended between listing and reading.
    }
  }
  return found
}

/**
 * Current and peak memory of the largest renderer process below a browser process.
 * @param {number} browserPid
 * @returns {{ nowMegabytes: number, peakMegabytes: number } | null}
 */
function rendererMemory(browserPid) {
  if (process.platform !== 'linux') return null
  const all = processes()
  const descends = (/** @type {number} */ pid) => {
    for (let at = all.get(pid)?.parent; at; at = all.get(at)?.parent) if (at === browserPid) return true
    return false
  }
  const renderers = [...all]
    .filter(([pid, { command }]) => command.includes('--type=renderer') && descends(pid))
    .map(([, one]) => one)
  const maxMegabytes = (/** @type {number[]} */ kilobytes) => Math.round(Math.max(0, ...kilobytes) / 1024)
  return {
    nowMegabytes: maxMegabytes(renderers.map(({ nowKilobytes }) => nowKilobytes)),
    peakMegabytes: maxMegabytes(renderers.map(({ peakKilobytes }) => peakKilobytes)),
  }
}

export const peakRendererMegabytes = (/** @type {number} */ browserPid) =>
  rendererMemory(browserPid)?.peakMegabytes ?? null

export const rendererMegabytes = (/** @type {number} */ browserPid) =>
  rendererMemory(browserPid)?.nowMegabytes ?? null
