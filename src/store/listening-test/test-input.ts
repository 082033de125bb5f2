/** Reads the clips of a test plan, from the page or from its bundled files. */
import { ProblemError } from '../../base/problem.ts'
import type { PlanClip } from '../../listening/plans/test-plan.ts'
import { blobOf } from '../file-bytes.ts'
import { readAudioFile } from '../open-file.ts'
import type { PageAccess } from '../slice.ts'
import { type Input, readAudio, readExample } from '../source/read-input.ts'
import { currentTake } from '../takes/takes.ts'
import { clipMissing, exampleNamed } from './plans/plan-models.ts'

export type TestInput = Input & { readonly title: string }

/** Rejects with `plan-source-missing`, `plan-clip-missing`, or the problems of the example library or the analysis. */
export async function readPlanClip(page: PageAccess, clip: PlanClip): Promise<TestInput> {
  const { get, actions, services } = page
  switch (clip.kind) {
    case 'source':
      return openSource(page)
    case 'example': {
      const example = exampleNamed(clip.exampleId, get().source.examples)
      return {
        title: example.title,
        ...(await readExample(services, example, await actions.models.convention())),
      }
    }
    case 'voice': {
      const { clips } = await services.examples.voice()
      const found = clips.find(({ file }) => file === clip.file)
      if (!found)
        throw clipMissing(`clip ${clip.file} of the bundled voice`, clips.map(({ file }) => file).join(', '))
      const bytes = await services.examples.read(`voice/${found.file}`)
      const audio = await readAudioFile(services, blobOf({ name: found.file, bytes }))
      if (!audio) throw clipMissing(`the sound of clip ${clip.file} of the bundled voice`, 'a mel')
      return { title: found.text, ...(await readAudio(services, audio, await actions.models.convention())) }
    }
    default:
      return clip satisfies never
  }
}

function openSource({ get, services: { clips, signals } }: PageAccess): TestInput {
  const source = get().source.current
  const takes = get().takes.all
  const mel = source && signals.mel(source.melId)
  if (!source || !mel) {
    throw new ProblemError({
      code: 'plan-source-missing',
      message: 'The test is of the clip that is open on the page, and none is.',
      remedy: 'Choose an example or open a file, then start the test.',
    })
  }
  const recording = currentTake(takes, 'recording')
  return {
    title: source.title,
    mel,
    convention: source.convention,
    ...(recording && { recording: clips.get(recording.id) }),
  }
}
