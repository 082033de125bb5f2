/**
 * Names of the files of a batch in its archive: one folder per system and settings, with the input files' names in it,
 * as tools that score pairs of files expect.
 */
import { askedCorrections } from '../takes/take.ts'
import type { BatchItem, PlannedOutput } from './batch-state.ts'

const maxCharacters = 100
/** Names that Windows reserves. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i

/** Returns the name without its extension, limited to characters that every file system accepts. */
function plainStem(name: string): string {
  const stem = name
    .replace(/\.[^.]{1,11}$/, '')
    .normalize('NFC')
    .replace(/[\p{C}\\/:*?"<>|]/gu, '-')
  const cut = [...stem]
    .slice(0, maxCharacters)
    .join('')
    .replace(/^[. ]+|[. ]+$/g, '')
  if (cut === '') return 'file'
  return reserved.test(cut) ? `${cut}-` : cut
}

/**
 * Returns file names without extension by item id, unique even if case is ignored: a second `a.npy` becomes `a (2)`.
 */
export function archiveStems(items: readonly BatchItem[]): ReadonlyMap<string, string> {
  const taken = new Set<string>()
  return new Map(
    items.map(({ id, name }) => {
      const wanted = plainStem(name)
      let stem = wanted
      for (let copy = 2; taken.has(stem.toLowerCase()); copy++) stem = `${wanted} (${copy})`
      taken.add(stem.toLowerCase())
      return [id, stem]
    }),
  )
}

/** Returns a name such as `infergrad-small-2-steps-seed-1`, or `no-network-4-corrections-seed-1` for requested ones. */
export function folderName(planned: PlannedOutput): string {
  const { system, modelId, modelName, betas, corrections, seed } = planned
  const named = {
    tuned: `fine-tuned-${plainStem(modelName ?? '')}`,
    'no-network': system,
    'griffin-lim': system,
  }
  const what = system === 'wavegrad' || system === 'infergrad' ? (modelId ?? system) : named[system]
  const steps = betas && `${betas.length}-${betas.length === 1 ? 'step' : 'steps'}`
  const asked = askedCorrections(corrections)?.replace(' ', '-')
  return [what, steps, asked, `seed-${seed}`].filter((part) => part).join('-')
}
