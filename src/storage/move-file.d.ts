/** A method of the private file system that TypeScript's DOM library lacks. */
interface FileSystemFileHandle {
  /** Gives the file another name in its folder, and replaces a file of that name. */
  move(name: string): Promise<void>
}
