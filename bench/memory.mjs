// Resident memory of a browser's processes as reported by the operating system, which includes all kinds (heap, wasm,
// software GPU buffers). A tab with its workers is one renderer process. Linux only; null elsewhere.
import { readdirSync, readFileSync } from 'node:fs'

/**
 * @typedef {{ parent: number, command: string, peakKilobytes: number, nowKilobytes: number, ownKilobytes: number }} Process
 * @returns {Map<number, Process>}
 */
function processes() {
  const found = new Map()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8')
      found.set(Number(name), {
        parent: Number(status.match(/PPid:\s+(\d+)/)?.[1]),
        peakKilobytes: Number(status.match(/VmHWM:\s+(\d+)/)?.[1] ?? 0),
        nowKilobytes: Number(status.match(/VmRSS:\s+(\d+)/)?.[1] ?? 0),
        ownKilobytes: Number(status.match(/RssAnon:\s+(\d+)/)?.[1] ?? 0),
        command: readFileSync(`/proc/${name}/cmdline`, 'utf8'),
      })
    } catch {
      // The process ended between listing and reading.
    }
  }
  return found
}

/**
 * `peakMegabytes` is the most since Chromium last read its own memory, which it does every few minutes: sample it.
 * `ownMegabytes` leaves out the pages of the browser's program, which its processes share: the memory footprint of
 * Chromium's task manager.
 * @typedef {{ nowMegabytes: number, ownMegabytes: number, peakMegabytes: number }} ProcessMemory
 *
 * Current and peak memory of the largest process of each kind below a browser process: `renderer` is the tab; `browser`,
 * `gpu-process` and `utility` are shared by all tabs.
 * @param {number} browserPid
 * @returns {Record<string, ProcessMemory> | null}
 */
export function memoryByProcess(browserPid) {
  if (process.platform !== 'linux') return null
  const all = processes()
  const descends = (/** @type {number} */ pid) => {
    for (let at = all.get(pid)?.parent; at; at = all.get(at)?.parent) if (at === browserPid) return true
    return false
  }
  /** @type {Record<string, ProcessMemory>} */
  const found = {}
  for (const [pid, { command, ...kilobytes }] of all) {
    if (!descends(pid) || !/chrom/.test(command.split('\0')[0])) continue
    const kind = command.match(/--type=([a-z-]+)/)?.[1] ?? 'browser'
    if ((found[kind]?.peakMegabytes ?? 0) * 1024 > kilobytes.peakKilobytes) continue
    const { nowKilobytes, ownKilobytes, peakKilobytes } = kilobytes
    const [nowMegabytes, ownMegabytes, peakMegabytes] = [nowKilobytes, ownKilobytes, peakKilobytes].map(
      (count) => Math.round(count / 1024),
    )
    found[kind] = { nowMegabytes, ownMegabytes, peakMegabytes }
  }
  return found
}

export const peakRendererMegabytes = (/** @type {number} */ browserPid) =>
  memoryByProcess(browserPid)?.renderer?.peakMegabytes ?? null

export const rendererMegabytes = (/** @type {number} */ browserPid) =>
  memoryByProcess(browserPid)?.renderer?.nowMegabytes ?? null
