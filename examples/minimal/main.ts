/** The smallest page around the engine: a mel file in, speech out. docs/embedding.md explains it. */
import { connectAnalysis } from '../../src/analysis/worker-proxy.ts'
import { toProblem } from '../../src/base/problem.ts'
import { connectEngine } from '../../src/engine/worker-proxy.ts'

const engine = connectEngine()
const analysis = connectAnalysis()

async function speak(file: File, player: HTMLAudioElement): Promise<string> {
  const model = await engine.loadModel('infergrad-frames')
  const opened = await analysis.open({ name: file.name, blob: file, target: model.mel })
  if (opened.kind !== 'mel') return 'This is audio. Choose a mel spectrogram.'
  const { mel, report } = opened
  if (!mel) return `The file leaves a question open: ${report.question}`
  const { betas } = model.schedules[2]
  const { id: modelId, corrections } = model
  const speech = await engine.synthesize({ modelId, mel, betas, seed: 1, corrections })
  const wav = await analysis.encodeWav({ audio: speech, encoding: 'pcm16' })
  player.src = URL.createObjectURL(new Blob([wav], { type: 'audio/wav' }))
  return `Read as ${report.recognisedAs}; ${speech.elapsedSeconds.toFixed(2)} s on ${speech.backend}.`
}

const input = document.querySelector('input')
const status = document.querySelector('output')
const player = document.querySelector('audio')

input?.addEventListener('change', async () => {
  const [file] = input.files ?? []
  if (!file || !status || !player) return
  status.value = 'Working …'
  status.value = await speak(file, player).catch((thrown: unknown) => {
    const { message, remedy = '' } = toProblem(thrown)
    return `${message} ${remedy}`
  })
})
