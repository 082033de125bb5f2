/** The smallest page around the engine: a mel file in, speech out. docs/embedding.md explains it. */
import { connectAnalysis } from '../../src/analysis/worker-proxy.ts'
import { ProblemError } from '../../src/base/problem.ts'
import { connectEngine } from '../../src/engine/worker-proxy.ts'

const engine = connectEngine({ baseUrl: document.baseURI })
const analysis = connectAnalysis()

const element = <Kind extends Element>(id: string, kind: new () => Kind): Kind => {
  const found = document.getElementById(id)
  if (found instanceof kind) return found
  throw new Error(`index.html has no ${kind.name} called ${id}`)
}
const input = element('file', HTMLInputElement)
const progress = element('progress', HTMLProgressElement)
const status = element('status', HTMLParagraphElement)
const player = element('player', HTMLAudioElement)

async function speak(file: File): Promise<string> {
  const model = (await engine.listModels()).find(({ id }) => id === 'infergrad-frames')
  if (!model) return 'This page was published without its model.'
  const opened = await analysis.open({ name: file.name, blob: file, target: model.mel })
  if (opened.kind !== 'mel') return 'This is audio. Choose a mel spectrogram.'
  const { mel, report } = opened
  if (!mel) return `The file leaves a question open: ${report.question}`
  const { betas } = model.schedules[2]
  const request = { modelId: model.id, mel, betas, seed: 1, corrections: model.corrections }
  const speech = await engine.synthesize(request, {
    onProgress: ({ fraction }) => {
      progress.value = fraction
    },
  })
  const wav = await analysis.encodeWav({ audio: speech, encoding: 'pcm16' })
  player.src = URL.createObjectURL(new Blob([wav], { type: 'audio/wav' }))
  return `Read as ${report.recognisedAs}; ${speech.elapsedSeconds.toFixed(2)} s on ${speech.backend}.`
}

input.addEventListener('change', async () => {
  const [file] = input.files ?? []
  if (!file) return
  status.textContent = 'Working …'
  status.textContent = await speak(file).catch((thrown: unknown) => {
    if (thrown instanceof ProblemError) return [thrown.problem.message, thrown.problem.remedy].join(' ')
    throw thrown
  })
})
