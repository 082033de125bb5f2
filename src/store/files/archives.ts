/** Replaces a zip by what it holds. */
import { readable } from '../file-bytes.ts'
import type { Services } from '../services.ts'

export const isArchive = ({ name }: File): boolean => /\.zip$/i.test(name)

/** `leftOut` names the files that stay in the zip. Rejects with the problems of the file and of the zip. */
export async function unpacked(
  { analysis }: Pick<Services, 'analysis'>,
  archive: File,
): Promise<{ readonly files: readonly File[]; readonly leftOut: readonly string[] }> {
  const { files, leftOut } = await analysis.unpack(await readable(archive))
  return { files: files.map(({ name, blob }) => new File([blob], name)), leftOut }
}
