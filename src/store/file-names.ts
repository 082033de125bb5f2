/** Names for downloads: what it is, how it was made. */
import type { Source, Take } from './state.ts'

export function slug(text: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/\.[a-z0-9]{1,4}$/i, '')
    .replace(/[^a-z0-9]+/gi, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
  return words.slice(0, 60) || 'take'
}

/** Without extension, such as `printing-infergrad-small-2-steps-seed-1`. */
export function fileNameOf(source: Source, take?: Take): string {
  const parts = [slug(source.exampleId ?? source.title)]
  const ownName = take?.fileName ?? take?.making?.modelName
  if (take) parts.push(ownName ? slug(ownName) : (take.making?.modelId ?? take.system))
  if (take?.making?.betas) parts.push(`${take.making.betas.length}-steps`, `seed-${take.making.seed}`)
  return parts.join('-')
}
