/** Which names kept files may have: such as every file system and every browser takes. */

const plain = /^[\p{L}\p{N} _-][\p{L}\p{N} ._-]{0,119}$/u

/** Throws where `name` could mean something else than one file in its folder: names are the page's own, so it is a defect. */
export function checkFileName(name: string): void {
  if (!plain.test(name)) throw new Error(`“${name}” is not a name for a kept file`)
}
