/** The part of our own module that other threads run. */

/** Everything that another thread needs to help; it can be posted to a worker. */
export type Helper = {
  readonly module: WebAssembly.Module
  readonly memory: WebAssembly.Memory
  /** Address of the control block of assembly/shared-work.ts. */
  readonly control: number
  /** Helping threads count from 1; the thread that gives out work is 0. */
  readonly thread: number
}

/** It never returns: the thread takes part in all work, and sleeps between. */
export function helpOwnModule({ module, memory, control, thread }: Helper): void {
  const { help } = new WebAssembly.Instance(module, { env: { memory } }).exports
  if (typeof help === 'function') help(control, thread)
}
