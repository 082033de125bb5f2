/**
 * Opens the source of the mel: a bundled example, a file, the microphone. The current source stays until the new one is
 * ready, so a rejected file loses nothing. If two sources are opened at once, the later one wins.
 */
import type { Audio, MelReading } from '../../analysis/analysis.ts'
import { ProblemError } from '../../base/problem.ts'
import type { MelConvention, MelSpectrogram } from '../../dsp/mel-spectrogram.ts'
import { bytesOf, type NamedBytes, readable } from '../file-bytes.ts'
import { fileNameOf } from '../file-names.ts'
import { type OpenedAudio, openFile } from '../open-file.ts'
import type { Slice, SliceContext } from '../slice.ts'
import { readAudio, readExample } from './read-input.ts'
import { channelText, levelText } from './recording-notes.ts'
import type { Example, MelFile, OpeningActions, OpeningState, Source } from './source-state.ts'

type FileInput = {
  readonly file: File
  /** Configurations and statistics of a mel's producer. */
  readonly producerFiles: readonly NamedBytes[]
  readonly ownId: string
}
/** How to read a file: corrections of a mel's reading, or the only channel of a recording to use. */
type Reading = { readonly override?: Partial<MelReading>; readonly channel?: number }
type OwnClip = Pick<Source, 'kind' | 'title'> & { readonly ownId: string }

/** Number of the user's own sources that stay listed; recordings stay in memory. */
const maxOwn = 4

/** Names of configurations, and of the statistics of ParallelWaveGAN (stats.npy) and ESPnet (feats_stats.npz). */
const producerFileName = /(\.(json|ya?ml)|stats\.np[yz])$/i

/** Separates the input from its producer's files, which make sense only together with a mel. */
function sortOut(files: readonly File[]): { readonly input: File; readonly beside: readonly File[] } {
  const inputs = files.filter(({ name }) => !producerFileName.test(name))
  // A mel may also be JSON: a JSON file is the input if there is no other candidate.
  const input = inputs[0] ?? files.at(-1)
  if (input && inputs.length <= 1 && (inputs.length === 1 || files.length <= 2)) {
    return { input, beside: files.filter((file) => file !== input) }
  }
  throw new ProblemError({
    code: 'several-files',
    message: 'Only one file can be opened at a time.',
    found: `${files.length} files`,
    accepted:
      'one mel or audio file; with a mel, its producer’s configuration (JSON or YAML) or statistics (stats.npy)',
    remedy: 'Choose one of them.',
  })
}

export function createOpening({
  get,
  set,
  actions,
  services,
}: SliceContext<'source'>): Slice<OpeningState, OpeningActions> {
  const { analysis, signals, examples } = services
  let generation = 0
  /** The audio file that is shown. */
  let audioInput: FileInput | undefined
  /** The mel file that is shown. */
  let melInput: FileInput | undefined
  let nextOwn = 1
  const newOwnId = () => `own-${nextOwn++}`
  const openAgain = new Map<string, () => Promise<void>>()

  /** Runs `open` as the newest opening; `isCurrent` returns false once a later one has begun. */
  async function opening(
    label: string,
    open: (isCurrent: () => boolean) => Promise<void>,
    onProblem: (thrown: unknown) => void,
  ): Promise<void> {
    const own = ++generation
    const isCurrent = () => own === generation
    set({ opening: label })
    try {
      await open(isCurrent)
    } catch (thrown) {
      if (isCurrent()) onProblem(thrown)
    } finally {
      if (isCurrent()) set({ opening: undefined })
    }
  }

  /** Dismisses the problems of earlier sources, which no longer matter; problems of the weights stay. */
  function dismissSourceProblems(): void {
    actions.problems.dismissWhere(({ problem: { code, file }, retry }) => {
      if (retry?.kind === 'record') return retry.purpose === 'source'
      if (retry) return retry.kind === 'open-example'
      return file !== undefined || code === 'several-files'
    })
  }

  function show(
    description: Omit<Source, 'melId' | 'durationSeconds'>,
    mel: MelSpectrogram,
    recording?: Audio,
    melFile?: MelFile,
  ): void {
    const previous = get().source.current
    const { hopSamples, sampleRateHz } = description.convention
    const source: Source = {
      ...description,
      melId: signals.addMel(mel),
      durationSeconds: (mel.frames * hopSamples) / sampleRateHz,
    }
    // When this call returns, everything that depends on the source has released the previous one.
    set({ current: source, melFile })
    dismissSourceProblems()
    if (previous) signals.remove(previous.melId)
    if (recording) actions.takes.place({ system: 'recording', place: 'current', audio: recording, source })
  }

  /** Lists the source of the user's own that is shown; one that was listed before keeps its place. */
  function listOwn({ ownId: id, title }: Omit<OwnClip, 'kind'>, open: () => Promise<void>): void {
    openAgain.set(id, open)
    const { own } = get().source
    const all = own.some((one) => one.id === id) ? own : [{ id, title }, ...own]
    for (const one of all.slice(maxOwn)) openAgain.delete(one.id)
    set({ own: all.slice(0, maxOwn) })
  }

  async function openClip(audio: Audio, clip: OwnClip): Promise<void> {
    await opening(
      clip.title,
      async (isCurrent) => {
        const convention = await actions.models.convention()
        const { mel, recording, note } = await readAudio(services, audio, convention)
        if (!isCurrent()) return
        show({ ...clip, convention }, mel, recording)
        listOwn(clip, () => openClip(audio, clip))
        if (note) actions.problems.note(note)
      },
      (thrown) => actions.problems.report(thrown),
    )
  }

  async function showFile(
    input: FileInput,
    { override = {}, channel }: Reading,
    isCurrent: () => boolean,
  ): Promise<void> {
    const target = await actions.models.convention()
    const { file, producerFiles, ownId } = input
    const { name } = file
    const opened = await openFile(services, {
      ...(await readable(file)),
      target,
      producerFiles,
      override,
      channel,
    })
    if (!isCurrent()) return
    if (opened.kind === 'audio') return showAudioFile(input, opened, { convention: target, channel })
    const { mel, report } = opened
    // The assignment comes last, because a rejected file must not replace the one that is shown.
    melInput = input
    const melFile: MelFile = {
      name,
      report,
      override,
      producerFileNames: producerFiles.map((file) => file.name),
    }
    if (!mel) return set({ melFile })
    show({ kind: 'mel-file', title: name, ownId, convention: target }, mel, undefined, melFile)
    listOwn({ ownId, title: name }, () => openFileAgain(input, { override }))
  }

  async function openFileAgain(input: FileInput, reading: Reading): Promise<void> {
    await opening(
      input.file.name,
      (isCurrent) => showFile(input, reading, isCurrent),
      (thrown) => actions.problems.report(thrown),
    )
  }

  function showAudioFile(
    input: FileInput,
    opened: OpenedAudio,
    { convention, channel }: { readonly convention: MelConvention; readonly channel?: number },
  ): void {
    const { audio, mel, channels } = opened
    const { file, ownId } = input
    show({ kind: 'audio-file', title: file.name, ownId, convention, channels }, mel, audio)
    listOwn({ ownId, title: file.name }, () => openFileAgain(input, { channel }))
    audioInput = input
    const notes = [levelText(opened), channel === undefined && channelText(file.name, channels)]
    for (const note of notes) if (note) actions.problems.note(note)
  }

  async function showExample(example: Example, isCurrent: () => boolean): Promise<void> {
    const convention = await actions.models.convention()
    const { mel, recording } = await readExample(services, example, convention)
    if (!isCurrent()) return
    show(
      {
        kind: 'example',
        exampleId: example.id,
        title: example.title,
        transcript: example.text,
        language: example.language,
        convention,
      },
      mel,
      recording,
    )
  }

  return {
    state: { examples: [], own: [] },
    actions: {
      async loadExamples(exampleId) {
        try {
          const list = await examples.list()
          set({ examples: list })
          const wanted = list.find(({ id }) => id === exampleId) ?? list[0]
          if (exampleId && wanted?.id !== exampleId) {
            actions.problems.note(`There is no example “${exampleId}”.`)
          }
          // Without an engine there is no convention for the file, and the page already shows why.
          await actions.synthesis.engineStarted()
          if (wanted && get().models.all.length > 0) await actions.source.openExample(wanted.id)
        } catch (thrown) {
          actions.problems.report(thrown, { kind: 'load-examples' })
        }
      },
      async openExample(exampleId) {
        const example = get().source.examples.find(({ id }) => id === exampleId)
        if (!example) return
        await opening(
          example.title,
          (isCurrent) => showExample(example, isCurrent),
          (thrown) => actions.problems.report(thrown, { kind: 'open-example', exampleId }),
        )
      },
      openOwn: async (ownId) => openAgain.get(ownId)?.(),
      async openFiles(files) {
        if (files.length === 0) return
        dismissSourceProblems()
        await opening(
          files[0].name,
          async (isCurrent) => {
            const { input, beside } = sortOut(files)
            const producerFiles = await Promise.all(beside.map(bytesOf))
            await showFile({ file: input, producerFiles, ownId: newOwnId() }, {}, isCurrent)
          },
          (thrown) => actions.problems.report(thrown),
        )
      },
      async chooseChannel(channel) {
        if (get().source.current?.kind === 'audio-file' && audioInput)
          await openFileAgain(audioInput, { channel })
      },
      async rereadMel(override, producerFile) {
        const input = melInput
        if (!get().source.melFile || !input) return
        await opening(
          input.file.name,
          async (isCurrent) => {
            const more = producerFile ? [await bytesOf(producerFile)] : []
            const others = input.producerFiles.filter(({ name }) => name !== producerFile?.name)
            await showFile({ ...input, producerFiles: [...others, ...more] }, { override }, isCurrent)
          },
          (thrown) => actions.problems.report(thrown),
        )
      },
      openRecording: (audio) =>
        openClip(audio, {
          kind: 'microphone',
          title: `Recording of ${new Date().toLocaleTimeString()}`,
          ownId: newOwnId(),
        }),
      openHeldOut: (audio, title) => openClip(audio, { kind: 'held-out', title, ownId: newOwnId() }),
      async melAsNpy() {
        const source = get().source.current
        const mel = source && signals.mel(source.melId)
        if (!mel) return undefined
        try {
          return { name: `${fileNameOf(source)}-mel.npy`, bytes: await analysis.encodeMel(mel) }
        } catch (thrown) {
          actions.problems.report(thrown)
          return undefined
        }
      },
    },
  }
}
