/** Opens files where they belong: zips are unpacked, and each file goes by what it is. */
import { namedFew } from '../../base/named-few.ts'
import type { Slice, SliceContext } from '../slice.ts'
import { isArchive, unpacked } from './archives.ts'
import type { Door, FilesActions, FilesState } from './files-state.ts'
import { openersOf } from './openers.ts'
import { type SortedFiles, sortFiles } from './sort-files.ts'

/** Doors whose own reader takes files with these names whatever they hold, so that a refusal says what was expected. */
const ownFiles: Partial<Record<Door, RegExp>> = {
  test: /\.json$/i,
  models: /\.(zip|safetensors|json)$/i,
  checkpoint: /\.safetensors$/i,
}

const namesOf = (files: readonly File[]) => namedFew(files.map(({ name }) => name))

export function createFilesSlice({
  get,
  set,
  actions,
  services,
}: SliceContext<'files'>): Slice<FilesState, FilesActions> {
  const openers = openersOf(actions)
  const note = (text: string) => actions.problems.note(text)

  async function unpackAll(archives: readonly File[]) {
    const inside: File[] = []
    const problems: unknown[] = []
    for (const archive of archives) {
      set({ unpacking: archive.name })
      try {
        const { files, leftOut } = await unpacked(services, archive)
        inside.push(...files)
        if (leftOut.length > 0) note(`${archive.name} also holds what was not opened: ${namedFew(leftOut)}.`)
      } catch (thrown) {
        problems.push(thrown)
      } finally {
        set({ unpacking: undefined })
      }
    }
    return { inside, problems }
  }

  /** Opens mels and recordings. Configurations that come without a mel belong to those that are open. */
  async function openInputs(door: Door, { inputs, beside }: SortedFiles): Promise<Door | undefined> {
    const isForBatch = door === 'batch'
    const isForAudio = door === 'takes' || door === 'voice'
    if (isForBatch || (!isForAudio && inputs.length > 1)) {
      if (!isForBatch) note('Several files were opened at once: they are in the batch.')
      await openers.batch(inputs, beside)
      return 'batch'
    }
    if (inputs.length === 0 && beside.length === 0) return undefined
    const opened = isForAudio && inputs.length > 0 ? door : 'source'
    await openers[opened](inputs, beside)
    return opened
  }

  async function openSorted(door: Door, sorted: SortedFiles): Promise<Door | undefined> {
    const { tests, models, checkpoints, companions } = sorted
    if (companions.length > 0)
      note(`Left out, because they hold neither mel nor audio: ${namesOf(companions)}.`)
    if (tests.length > 0) {
      if (door !== 'test') note(`The files of a blind test are open under “Blind test”: ${namesOf(tests)}.`)
      await openers.test(tests, [])
    }
    for (const [weights, ...config] of models) {
      if (door !== 'models') note(`${weights.name} is a model: it is imported under “Models”.`)
      await openers.models([weights, ...config], [])
    }
    const checkpoint = checkpoints.at(-1)
    if (checkpoint) {
      if (checkpoints.length > 1)
        note(`Only one session can be resumed. Left out: ${namesOf(checkpoints.slice(0, -1))}.`)
      if (door !== 'checkpoint')
        note(`${checkpoint.name} is a checkpoint: “Start fine-tuning” resumes its session.`)
      await openers.checkpoint([checkpoint], [])
    }
    const inputsDoor = await openInputs(door, sorted)
    if (inputsDoor) return inputsDoor
    if (models.length > 0) return 'models'
    if (checkpoints.length > 0) return 'checkpoint'
    return tests.length > 0 ? 'test' : undefined
  }

  return {
    state: {},
    actions: {
      async open(door, files) {
        if (files.length === 0) return undefined
        if ((get().test.current?.phase ?? 'done') !== 'done') {
          note(`Not opened, because a blind test was running: ${namesOf(files)}.`)
          return undefined
        }
        const own = ownFiles[door]
        if (own && files.every(({ name }) => own.test(name))) {
          await openers[door](files, [])
          return door
        }
        const archives = files.filter(isArchive)
        const { inside, problems } = await unpackAll(archives)
        const sorted = await sortFiles([...files.filter((file) => !isArchive(file)), ...inside])
        // A zip that is still there only has the name of one.
        const inputs = [...sorted.inputs, ...sorted.archives]
        const opened = await openSorted(door, { ...sorted, inputs })
        // A source that opens dismisses the problems of earlier files.
        for (const problem of problems) actions.problems.report(problem)
        return opened
      },
    },
  }
}
