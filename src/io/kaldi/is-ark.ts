const header = /^(\S{1,200}) \0B(\w{1,3}) /
const maxHeaderBytes = 208

/** Matches the header of the matrix that begins at byte `at`: its text, name and type. */
export function matrixHeader(bytes: Uint8Array, at: number): RegExpExecArray | null {
  return header.exec(String.fromCharCode(...bytes.subarray(at, at + maxHeaderBytes)))
}

/** Whether these first bytes are those of a Kaldi archive of matrices. */
export const isArk = (bytes: Uint8Array) => matrixHeader(bytes, 0) !== null
