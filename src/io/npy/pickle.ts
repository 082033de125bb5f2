/**
 * Python pickles (.pkl, .pt, .pth, old PyTorch files) are programs, not data. They are never run, only recognised, so
 * that the refusal can say how to convert them.
 */
import { refusalsOf, shellQuoted } from '../refusal.ts'

/**
 * Protocols 2 to 5 have a marker; 0 and 1 begin with a mark, an empty container or a class, and end with a full stop.
 */
export function isPickle(bytes: Uint8Array): boolean {
  if (bytes[0] === 0x80 && bytes[1] >= 2 && bytes[1] <= 5) return true
  if (bytes.at(-1) !== 0x2e) return false
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 80))
  return /^(\([dlt]p?\d*\n|c[\w.]+\n\w+\n)/.test(start) || (/^[}\])]q/.test(start) && bytes[2] === 0)
}

/**
 * The name of a tensor of lmnt-com/wavegrad, in the pickle that a checkpoint begins with. Its settings tell nothing: those
 * of lmnt's DiffWave have the same names.
 */
const lmntTensor = 'upsample.0.block1'

function isLmntCheckpoint(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(0, 200_000)).includes(lmntTensor)
}

/** Always throws. The remedy contains the lines of Python or of a shell that convert the file. */
export function refusePickle(file: string, bytes: Uint8Array = new Uint8Array()): never {
  if (isLmntCheckpoint(bytes)) {
    return refusalsOf(file)('lmnt-checkpoint', 'is a checkpoint of WaveGrad by lmnt, a model and not a mel', {
      accepted: 'a model as safetensors with its config.json',
      remedy: `Convert it in a checkout of this project, then import the folder under “Models”:\npython3 pretrain/import_lmnt.py ${shellQuoted(file)} wavegrad-lmnt`,
    })
  }
  const dictionary = "mel = mel.get('mel', next(iter(mel.values()))) if isinstance(mel, dict) else mel"
  const name = `'${file.replace(/[\\'"]/g, '\\$&').replace(/\p{Cc}/gu, '')}'`
  const lines = /\.(pkl|pickle)$/i.test(file)
    ? [
        `import numpy, pickle; mel = pickle.load(open(${name}, 'rb'))`,
        dictionary,
        `numpy.save('mel.npy', numpy.asarray(mel, dtype=numpy.float32))`,
      ]
    : [
        `import numpy, torch; mel = torch.load(${name}, map_location='cpu', weights_only=True)`,
        dictionary,
        `numpy.save('mel.npy', mel.float().numpy())`,
      ]
  return refusalsOf(file)('pickle', 'is a Python pickle, which can run programs and is never loaded', {
    accepted: 'npy, npz, safetensors or JSON',
    remedy: `If you trust its source, convert it to safetensors or npy in Python:\n${lines.join('\n')}`,
  })
}
