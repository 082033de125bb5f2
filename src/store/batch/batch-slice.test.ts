import { unzipSync } from 'fflate'
import { expect, test, vi } from 'vitest'
import { ProblemError } from '../../base/problem.ts'
import { fakeMelFile, levelsOf } from '../testing/fake-analysis.ts'
import { FakeFiles, fakeSpeech, openReadyPage } from '../testing/fake-services.ts'
import type { BatchItem } from './batch-state.ts'

const file = (name: string) => new File([new Uint8Array(4)], name)
const statesOf = (items: readonly BatchItem[]) => items.map(({ name, state }) => `${name} ${state}`)

/** Opens a page with a vocoder that makes one output at each call of `step`. */
async function openSteppedPage() {
  const made: string[] = []
  const waiting: (() => void)[] = []
  const opened = await openReadyPage({
    engine: {
      async synthesize({ modelId }, { signal } = {}) {
        await new Promise<void>((resolve, reject) => {
          waiting.push(resolve)
          signal?.addEventListener('abort', () => reject(signal.reason))
        })
        made.push(modelId)
        return fakeSpeech(0.1)
      },
    },
  })
  opened.actions.batch.chooseSystem('griffin-lim', false)
  const step = async () => {
    await vi.waitFor(() => expect(waiting).toHaveLength(1))
    waiting.pop()?.()
  }
  return { ...opened, made, step, waiting }
}

test('files are made one after the other, each by every system, and measured', async () => {
  const { actions, page } = await openReadyPage()
  actions.batch.addFiles([file('a.npy'), file('b.wav')])
  await actions.batch.start()
  const [mel, audio] = page().batch.items
  expect(statesOf(page().batch.items)).toEqual(['a.npy done', 'b.wav done'])
  expect(mel.outputs.map(({ system, state }) => `${system} ${state}`)).toEqual([
    'wavegrad done',
    'infergrad done',
    'griffin-lim done',
  ])
  expect(mel).toMatchObject({ kind: 'mel', readAs: 'Read as a mel.', durationSeconds: 0.003 })
  expect(mel.outputs[0].result?.quality).toEqual({ against: 'mel', melErrorNats: 0.7 })
  expect(audio).toMatchObject({ kind: 'audio' })
  expect(audio.outputs[1].result).toMatchObject({
    quality: { against: 'recording' },
    planned: { modelId: 'infergrad-frames', weightsSha256: 'bb'.repeat(32), betas: [0.1, 0.9], seed: 1 },
  })
  expect(page().batch.status).toBe('idle')
})

test('the outputs are in the file store, and the page’s memory has no clip of them', async () => {
  const { actions, clips, folders, trainer } = await openReadyPage()
  const add = vi.spyOn(clips, 'add')
  actions.batch.addFiles(Array.from({ length: 50 }, (_, index) => file(`${index}.npy`)))
  await actions.batch.start()
  expect(add).not.toHaveBeenCalled()
  expect(folders.get('batch')?.files.size).toBe(150)
  expect(trainer.holds).toBe(0)
})

test('a refused file says why and does not stop the others; it can be retried', async () => {
  let isBad = true
  const { actions, page } = await openReadyPage({
    analysis: {
      async open({ name }) {
        if (name === 'bad.txt' && isBad) throw new ProblemError({ code: 'file-unknown', message: 'No.' })
        return fakeMelFile
      },
    },
  })
  actions.batch.addFiles([file('a.npy'), file('bad.txt'), file('c.npy')])
  await actions.batch.start()
  expect(statesOf(page().batch.items)).toEqual(['a.npy done', 'bad.txt refused', 'c.npy done'])
  expect(page().batch.items[1].problem).toMatchObject({ code: 'file-unknown' })
  expect(page().problems.shown).toEqual([])
  isBad = false
  await actions.batch.retry(page().batch.items[1].id)
  expect(page().batch.items[1]).toMatchObject({ state: 'done', problem: undefined })
})

test('a failure of one system leaves the others, and a retry makes only the missing output', async () => {
  const failing = new ProblemError({ code: 'out-of-memory', message: 'No memory.' })
  const griffinLim = vi
    .fn()
    .mockRejectedValueOnce(failing)
    .mockResolvedValue({ samples: new Float32Array(24), sampleRateHz: 8000 })
  const { actions, page } = await openReadyPage({ analysis: { griffinLim } })
  actions.batch.addFiles([file('a.npy')])
  await actions.batch.start()
  const [item] = page().batch.items
  expect(item.state).toBe('refused')
  expect(item.outputs.map(({ state }) => state)).toEqual(['done', 'done', 'failed'])
  const before = item.outputs[0].result
  await actions.batch.retry()
  expect(page().batch.items[0].state).toBe('done')
  expect(page().batch.items[0].outputs[0].result).toBe(before)
})

test('an output that cannot be measured is kept, and says why it has no figures', async () => {
  const { actions, page, folders } = await openReadyPage({
    analysis: {
      compare: async () => ({
        problem: { code: 'compare-silence', message: 'The reference is silent.' },
      }),
    },
  })
  actions.batch.addFiles([file('silence.wav')])
  await actions.batch.start()
  const [item] = page().batch.items
  expect(item.state).toBe('done')
  expect(item.outputs[0]).toMatchObject({ state: 'done', problem: { code: 'compare-silence' } })
  expect(item.outputs[0].result?.quality).toBeUndefined()
  expect(folders.get('batch')?.files.size).toBe(3)
  const csv = await actions.batch.asCsv()
  expect(await new Blob([csv?.bytes ?? '']).text()).toContain('The reference is silent.\r\n')
})

test('a crash of the analysis costs only the figures if the levels are known, otherwise the output', async () => {
  const lost = new ProblemError({ code: 'analysis-lost', message: 'Lost.' })
  let isEarly = false
  const { actions, page, folders } = await openReadyPage({
    analysis: {
      async measure({ audio }) {
        if (isEarly) throw lost
        return levelsOf(audio)
      },
      async compare() {
        throw lost
      },
    },
  })
  actions.batch.addFiles([file('a.npy')])
  await actions.batch.start()
  const [output] = page().batch.items[0].outputs
  expect(output).toMatchObject({ state: 'done', problem: { code: 'analysis-lost' } })
  expect(output.result?.loudnessLufs).toBe(levelsOf({ samples: Float32Array.of(0.1) }).loudnessLufs)
  expect(folders.get('batch')?.files.size).toBe(3)
  isEarly = true
  actions.batch.addFiles([file('b.npy')])
  await actions.batch.start()
  expect(page().batch.items[1].outputs.map(({ state }) => state)).toEqual(['failed', 'failed', 'failed'])
  expect(folders.get('batch')?.files.size).toBe(3)
})

test('an ambiguous mel is read as the one on the page was', async () => {
  const { actions, page } = await openReadyPage({
    analysis: {
      async open({ override, corrected, name }) {
        const isOpen = name === 'open.npy' && !override?.values && !corrected?.override.values
        const { mel, report } = fakeMelFile
        return isOpen
          ? { kind: 'mel', report: { ...report, question: 'Which?' } }
          : { kind: 'mel', mel, report }
      },
    },
  })
  actions.batch.addFiles([file('open.npy')])
  await actions.batch.start()
  expect(page().batch.items[0]).toMatchObject({
    state: 'refused',
    problem: { code: 'mel-question', found: 'Which?', file: 'open.npy' },
  })
  await actions.source.openFile(file('open.npy'))
  await actions.source.rereadMel({ values: { unit: 'ln', of: 'magnitude' } })
  await actions.batch.retry()
  expect(page().batch.items[0].state).toBe('done')
})

test('a pause lets the current system finish and frees the trainer, and the run resumes there', async () => {
  const { actions, page, made, step, trainer, waiting } = await openSteppedPage()
  actions.batch.addFiles([file('a.npy'), file('b.npy')])
  const running = actions.batch.start()
  await vi.waitFor(() => expect(waiting).toHaveLength(1))
  expect(trainer.holds).toBe(1)
  actions.batch.pause()
  expect(page().batch.status).toBe('pausing')
  await step()
  await vi.waitFor(() => expect(page().batch.status).toBe('paused'))
  expect(trainer.holds).toBe(0)
  expect(made).toEqual(['wavegrad-frames'])
  actions.batch.resume()
  for (let output = 0; output < 3; output++) await step()
  await running
  expect(made).toEqual(['wavegrad-frames', 'infergrad-frames', 'wavegrad-frames', 'infergrad-frames'])
  expect(statesOf(page().batch.items)).toEqual(['a.npy done', 'b.npy done'])
})

test('a cancel drops the output in progress and keeps the others; a start continues from there', async () => {
  const { actions, page, made, step, waiting } = await openSteppedPage()
  actions.batch.addFiles([file('a.npy'), file('b.npy')])
  const cancelled = actions.batch.start()
  await step()
  await vi.waitFor(() => expect(waiting).toHaveLength(1))
  actions.batch.cancel()
  await cancelled
  waiting.pop()
  expect(page().batch.status).toBe('idle')
  expect(statesOf(page().batch.items)).toEqual(['a.npy waiting', 'b.npy waiting'])
  expect(page().batch.items[0].outputs.map(({ state }) => state)).toEqual(['done', 'waiting'])
  expect(page().problems.shown).toEqual([])
  const running = actions.batch.start()
  for (let output = 0; output < 3; output++) await step()
  await running
  expect(made).toHaveLength(4)
})

test('a run can be cancelled while it is paused, and while it is about to pause', async () => {
  const { actions, page, step, waiting } = await openSteppedPage()
  actions.batch.addFiles([file('a.npy')])
  const paused = actions.batch.start()
  actions.batch.pause()
  await vi.waitFor(() => expect(page().batch.status).toBe('paused'))
  actions.batch.cancel()
  await paused
  const pausing = actions.batch.start()
  await vi.waitFor(() => expect(waiting).toHaveLength(1))
  actions.batch.pause()
  actions.batch.cancel()
  await pausing
  expect(page().batch.status).toBe('idle')
  waiting.pop()
  const again = actions.batch.start()
  await step()
  await step()
  await again
  expect(page().batch.items[0].state).toBe('done')
})

test('a row that is removed while it is processed is gone with its files, and the next one follows', async () => {
  const { actions, page, step, folders, waiting } = await openSteppedPage()
  actions.batch.addFiles([file('a.npy'), file('b.npy')])
  const running = actions.batch.start()
  await step()
  await vi.waitFor(() => expect(waiting).toHaveLength(1))
  actions.batch.remove(page().batch.items[0].id)
  waiting.pop()
  await step()
  await step()
  await running
  expect(statesOf(page().batch.items)).toEqual(['b.npy done'])
  expect(folders.get('batch')?.files.size).toBe(2)
  actions.batch.clear()
  await vi.waitFor(() => expect(folders.get('batch')?.files.size).toBe(0))
  expect(page().batch.items).toEqual([])
})

test('full storage is reported and pauses the run; results can be removed, and the run resumes once there is space', async () => {
  const { actions, page, folders } = await openReadyPage()
  actions.batch.addFiles([file('a.npy'), file('b.npy')])
  const write = FakeFiles.prototype.write
  const spy = vi.spyOn(FakeFiles.prototype, 'write').mockImplementation(function (this: FakeFiles, ...args) {
    this.full = this.files.size === 4 && page().problems.shown.length === 0
    return write.apply(this, args)
  })
  const running = actions.batch.start()
  await vi.waitFor(() => expect(page().batch.status).toBe('paused'))
  expect(page().problems.shown).toMatchObject([{ problem: { code: 'storage-full' } }])
  expect(statesOf(page().batch.items)).toEqual(['a.npy done', 'b.npy working'])
  const zip = await actions.batch.asZip()
  expect(zip && Object.keys(await unzipped(zip.bytes))).toHaveLength(5)
  actions.batch.resume()
  await running
  spy.mockRestore()
  expect(folders.get('batch')?.files.size).toBe(6)
})

test('outputs of other settings are made again; those of the current settings are not', async () => {
  const { actions, page } = await openReadyPage()
  actions.batch.addFiles([file('a.npy')])
  await actions.batch.start()
  const first = page().batch.items[0].outputs.map(({ result }) => result)
  await actions.batch.start()
  expect(page().batch.items[0].outputs.map(({ result }) => result)).toEqual(first)
  actions.synthesis.changeSettings({ seed: 7 })
  await actions.batch.start()
  expect(page().batch.items[0].outputs.map(({ result }) => result?.planned.seed)).toEqual([7, 7, 7])
})

test('corrections are among these settings, and No network is made if it is chosen', async () => {
  const { actions, page } = await openReadyPage()
  actions.batch.addFiles([file('a.npy')])
  await actions.batch.start()
  expect(page().batch.items[0].outputs.map(({ system }) => system)).not.toContain('no-network')
  actions.batch.chooseSystem('no-network', true)
  actions.synthesis.changeSettings({ corrections: 0 })
  await actions.batch.start()
  const { outputs } = page().batch.items[0]
  expect(outputs.map(({ system, result }) => [system, result?.making.corrections?.count])).toEqual([
    ['wavegrad', 0],
    ['infergrad', 0],
    ['no-network', 0],
    ['griffin-lim', undefined],
  ])
  expect(outputs[2].result).toMatchObject({
    planned: { modelId: 'infergrad-frames', weightsSha256: 'bb'.repeat(32) },
    quality: { against: 'mel' },
  })
  expect(outputs[2].result?.planned.betas).toBeUndefined()
  const csv = await new Blob([(await actions.batch.asCsv())?.bytes ?? '']).text()
  expect(csv).toContain('wavegrad-frames-2-steps-no-corrections-seed-1/a.wav')
  expect(csv).toContain('no-network-no-corrections-seed-1/a.wav')
  expect(csv).toContain('griffin-lim-seed-1/a.wav')
})

async function unzipped(bytes: Uint8Array<ArrayBuffer> | Blob): Promise<Record<string, Uint8Array>> {
  return unzipSync(new Uint8Array(await new Blob([bytes]).arrayBuffer()))
}
