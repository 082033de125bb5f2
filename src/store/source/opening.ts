/**
 * Opens the source of the mel: a bundled example, a file, the microphone. The current source stays until the new one is
 * ready, so a rejected file loses nothing. If two sources are opened at once, the later one wins.
 */
import type { Audio, MelReading } from '../../analysis/analysis.ts'
import { ProblemError } from '../../base/problem.ts'
import type { MelConvention, MelSpectrogram } from '../../dsp/mel/mel-spectrogram.ts'
import { bytesOf, type NamedBytes, readable } from '../file-bytes.ts'
import { fileNameOf } from '../file-names.ts'
import { type OpenedAudio, openFile } from '../open-file.ts'
import type { Slice, SliceContext } from '../slice.ts'
import { listenToMel } from './listen-to-mel.ts'
import { createOwnSources } from './own-sources.ts'
import { readAudio, readExample } from './read-input.ts'
import { channelText, cutText, levelText, recordingTitle } from './recording-notes.ts'
import type { Example, MelFile, OpeningActions, OpeningState, Source } from './source-state.ts'

type FileInput = {
  readonly file: File
  /** Configurations and statistics of a mel's producer. */
  readonly producerFiles: readonly NamedBytes[]
  readonly ownId: string
}
/** The user's choices for a file: corrections of a mel's reading, or the only channel of a recording to use. */
type Reading = { readonly override?: Partial<MelReading>; readonly channel?: number }
type OwnClip = Pick<Source, 'kind' | 'title'> & { readonly ownId: string }

/** Codes of the problems of files that only have the name of a producer's file. */
const notProducerFile: ReadonlySet<string> = new Set(['config-empty', 'config-statistics'])

export function createOpening(context: SliceContext<'source'>): Slice<OpeningState, OpeningActions> {
  const { get, set, actions, services } = context
  const { analysis, signals, examples } = services
  let generation = 0
  /** The audio file that is shown. */
  let audioInput: FileInput | undefined
  /** The mel file that is shown. */
  let melInput: FileInput | undefined
  const own = createOwnSources({ get, set })

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
    actions.problems.dismissWhere(({ problem: { file }, retry }) => {
      if (retry?.kind === 'record') return retry.purpose === 'source'
      if (retry) return retry.kind === 'open-example'
      return file !== undefined
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

  async function openClip(audio: Audio, clip: OwnClip): Promise<void> {
    await opening(
      clip.title,
      async (isCurrent) => {
        const convention = await actions.models.convention()
        const { mel, recording, note } = await readAudio(services, audio, convention)
        if (!isCurrent()) return
        show({ ...clip, convention }, mel, recording)
        own.list(clip.ownId, clip.title, () => openClip(audio, clip))
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
    const isCorrected = Object.keys(override).length > 0
    const melFile: MelFile = {
      name,
      report,
      override,
      recognised: isCorrected ? (get().source.melFile?.recognised ?? report.reading) : report.reading,
      producerFileNames: producerFiles.map((file) => file.name),
    }
    if (!mel) return set({ melFile })
    show({ kind: 'mel-file', title: name, ownId, convention: target }, mel, undefined, melFile)
    own.list(ownId, name, () => openFileAgain(input, { override }))
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
    own.list(ownId, file.name, () => openFileAgain(input, { channel }))
    audioInput = input
    const notes = [
      cutText(file.name, opened),
      levelText(opened),
      channel === undefined && channelText(file.name, channels),
    ]
    for (const note of notes) if (note) actions.problems.note(note)
  }

  async function withProducerFiles(input: FileInput, added: readonly File[]): Promise<FileInput> {
    const names = new Set(added.map(({ name }) => name))
    const others = input.producerFiles.filter(({ name }) => !names.has(name))
    return { ...input, producerFiles: [...others, ...(await Promise.all(added.map(bytesOf)))] }
  }

  /**
   * A configuration or statistics that come after their mel are read with it. Resolves to false if there is no mel, or
   * if the files turn out to be something else, such as a mel in JSON.
   */
  async function applyProducerFiles(files: readonly File[]): Promise<boolean> {
    const input = melInput
    if (!input || !get().source.melFile) return false
    let isTheirs = true
    await opening(
      input.file.name,
      async (isCurrent) => showFile(await withProducerFiles(input, files), {}, isCurrent),
      (thrown) => {
        isTheirs = !(thrown instanceof ProblemError && notProducerFile.has(thrown.problem.code))
        if (isTheirs) actions.problems.report(thrown)
      },
    )
    return isTheirs
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
      openOwn: own.open,
      async openFile(file, beside = []) {
        dismissSourceProblems()
        await opening(
          file.name,
          async (isCurrent) => {
            const producerFiles = await Promise.all(beside.map(bytesOf))
            await showFile({ file, producerFiles, ownId: own.newId() }, {}, isCurrent)
          },
          (thrown) => actions.problems.report(thrown),
        )
      },
      async addProducerFiles(files) {
        dismissSourceProblems()
        if (!(await applyProducerFiles(files))) await actions.source.openFile(files[0], files.slice(1))
      },
      async chooseChannel(channel) {
        if (get().source.current?.kind === 'audio-file' && audioInput)
          await openFileAgain(audioInput, { channel })
      },
      async rereadMel(override, producerFiles = []) {
        const input = melInput
        if (!get().source.melFile || !input) return
        await opening(
          input.file.name,
          async (isCurrent) =>
            showFile(await withProducerFiles(input, producerFiles), { override }, isCurrent),
          (thrown) => actions.problems.report(thrown),
        )
      },
      async listenToReading(index) {
        const candidate = get().source.melFile?.report.candidates?.[index]
        if (!candidate) return
        try {
          await listenToMel(services, candidate.mel, await actions.models.convention())
        } catch (thrown) {
          actions.problems.report(thrown)
        }
      },
      openRecording: (audio) =>
        openClip(audio, {
          kind: 'microphone',
          title: recordingTitle(new Date()),
          ownId: own.newId(),
        }),
      openHeldOut: (audio, title) => openClip(audio, { kind: 'held-out', title, ownId: own.newId() }),
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
