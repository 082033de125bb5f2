/** Replaces zips among chosen files by what they hold. */
import type { SourceFile } from '../../analysis/analysis.ts'
import { readable } from '../file-bytes.ts'
import type { Services } from '../services.ts'

export const isArchive = ({ name }: File): boolean => /\.zip$/i.test(name)

/** Rejects with the problems of the files and of the zips. */
export async function unpacked(
  { analysis }: Pick<Services, 'analysis'>,
  files: readonly File[],
): Promise<readonly File[]> {
  const groups = await Promise.all(
    files.map(async (file) =>
      isArchive(file) ? (await analysis.unpack(await readable(file))).map(fileOf) : [file],
    ),
  )
  return groups.flat()
}

const fileOf = ({ name, blob }: SourceFile) => new File([blob], name)
