/** Reads the tensors of a safetensors file as arrays to choose from. */
import type { NamedArray } from '../../npy/named-array.ts'
import { refusalsOf } from '../../refusal.ts'
import { readSafetensors } from '../../safetensors/safetensors.ts'

/** Returns at least one. Refuses with `safetensors-empty`, and with the problems of `readSafetensors`. */
export function readTensors(bytes: Uint8Array<ArrayBuffer>, file: string): readonly NamedArray[] {
  const tensors = [...readSafetensors(bytes, file)]
  if (tensors.length === 0) {
    refusalsOf(file)('safetensors-empty', 'holds no tensor', {
      remedy: "Save the mel with safetensors.numpy.save_file({'mel': mel}, 'mel.safetensors').",
    })
  }
  return tensors.map(([name, tensor]) => ({
    name,
    read: () => ({ shape: tensor.shape, values: tensor.values }),
  }))
}
