/** Names for downloads, made of the source and the way a take was made. */
import type { Source } from './source/source-state.ts'
import type { Take } from './takes/take.ts'
import { askedCorrections } from './takes/take.ts'

export function slug(text: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/\.[a-z0-9]{1,4}$/i, '')
    .replace(/[^a-z0-9]+/gi, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
  return words.slice(0, 60) || 'take'
}

/** Returns a name without extension, such as `printing-infergrad-small-2-steps-seed-1`. */
export function fileNameOf(source: Source, take?: Take): string {
  const parts = [slug(source.exampleId ?? source.title)]
  const ownName = take?.fileName ?? take?.making?.modelName
  const made = take?.system === 'no-network' ? take.system : take?.making?.modelId
  if (take) parts.push(ownName ? slug(ownName) : (made ?? take.system))
  const { betas, corrections, seed } = take?.making ?? {}
  const asked = askedCorrections(corrections)
  if (betas) parts.push(`${betas.length}-steps`)
  if (asked) parts.push(slug(asked))
  if (betas || corrections) parts.push(`seed-${seed}`)
  return parts.join('-')
}
