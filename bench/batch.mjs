// Memory of a tab after few and after many files of a batch: results must go to the disk, not into memory.
import { tacotronMel } from '../e2e/testing/files.mjs'
import { rendererMegabytes } from './memory.mjs'
import { freshBrowser, open, openView } from './visit.mjs'

const files = 50
const fewFiles = 10
/** About two seconds of speech per file. */
const frames = 172

/**
 * The JavaScript heap after a collection, and the memory of the process, after `fewFiles` and after all files.
 * @param {string} address
 */
export function measureBatch(address) {
  return freshBrowser(async (page, browserPid) => {
    await open(page, address)
    await openView(page, 'Batch')
    const batch = page.getByRole('region', { name: 'Batch', exact: true })
    const inputs = Array.from({ length: files }, (_, index) => ({
      ...tacotronMel(frames, 'lj-printing.npy', 7 * index),
      name: `mel-${String(index).padStart(2, '0')}.npy`,
    }))
    await page.getByLabel('Add files').setInputFiles(inputs)
    const devTools = await page.context().newCDPSession(page)
    const heldAfter = async (/** @type {number} */ count) => {
      const last = inputs[count - 1].name
      await batch.getByRole('button', { name: `Hear InferGrad of ${last}` }).waitFor({ timeout: 900_000 })
      await devTools.send('HeapProfiler.collectGarbage')
      const { usedSize } = await devTools.send('Runtime.getHeapUsage')
      return { heapMegabytes: Math.round(usedSize / 2 ** 20), tabMegabytes: rendererMegabytes(browserPid) }
    }
    await batch.getByRole('button', { name: 'Start batch' }).click()
    const begun = performance.now()
    const few = await heldAfter(fewFiles)
    const all = await heldAfter(files)
    return {
      files,
      secondsPerFile: Math.round((performance.now() - begun) / 10 / files) / 100,
      [`after${fewFiles}`]: few,
      [`after${files}`]: all,
    }
  })
}
