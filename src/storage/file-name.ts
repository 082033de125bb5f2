/** Valid names for stored files: those that every file system and every browser accepts. */

const plain = /^[\p{L}\p{N} _-][\p{L}\p{N} ._-]{0,119}$/u

/**
 * Throws if `name` could mean anything but one file in its folder. The page chooses names, so this would be a defect.
 */
export function checkFileName(name: string): void {
  if (!plain.test(name)) throw new Error(`“${name}” is not a valid name for a stored file`)
}
