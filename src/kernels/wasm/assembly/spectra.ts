/**
 * Spectra of overlapping frames and the transpose of that map (framed-spectra.ts), four frames at a time. Lane f of
 * each vector belongs to frame f, so the transform is written as it would be for one frame. A frame of N samples is
 * transformed as N / 2 complex values (Sorensen et al., Real-valued FFT algorithms, 1987).
 *
 * `table` has three rows of N values: the window, and the cosines and sines of the angles 2 pi n / N. `scratch` has
 * room for 8 * N values: two buffers of N / 2 complex vectors, 32 bytes each.
 */

/** Bytes of a complex vector: four real parts, then four imaginary parts. */
const complexBytes: usize = 32

/** x [batch, samples] -> re, im [batch * frames, N / 2 + 1]. */
export function spectra(
  x: usize,
  table: usize,
  scratch: usize,
  re: usize,
  im: usize,
  batch: i32,
  frames: i32,
  hopSamples: i32,
  fftSize: i32,
): void {
  const half = fftSize >> 1
  const rows = batch * frames
  const samples = gridSamples(frames, hopSamples, fftSize)
  const cosines = table + ((<usize>fftSize) << 2)
  const sines = cosines + ((<usize>fftSize) << 2)
  const other = scratch + <usize>half * complexBytes
  const bins = half + 1
  for (let row: i32 = 0; row < rows; row += 4) {
    const last = min(row + 3, rows - 1)
    const a = frameAddress(x, row, frames, samples, hopSamples)
    const b = frameAddress(x, min(row + 1, last), frames, samples, hopSamples)
    const c = frameAddress(x, min(row + 2, last), frames, samples, hopSamples)
    const d = frameAddress(x, last, frames, samples, hopSamples)
    for (let n: i32 = 0; n < fftSize; n += 4) {
      const at = (<usize>n) << 2
      const weights = v128.load(table + at)
      const fromA = f32x4.mul(v128.load(a + at), weights)
      const fromB = f32x4.mul(v128.load(b + at), weights)
      const fromC = f32x4.mul(v128.load(c + at), weights)
      const fromD = f32x4.mul(v128.load(d + at), weights)
      const ab = v128.shuffle<i32>(fromA, fromB, 0, 4, 1, 5)
      const cd = v128.shuffle<i32>(fromC, fromD, 0, 4, 1, 5)
      const abHigh = v128.shuffle<i32>(fromA, fromB, 2, 6, 3, 7)
      const cdHigh = v128.shuffle<i32>(fromC, fromD, 2, 6, 3, 7)
      const target = scratch + (<usize>n >> 1) * complexBytes
      v128.store(target, v128.shuffle<i64>(ab, cd, 0, 2))
      v128.store(target + 16, v128.shuffle<i64>(ab, cd, 1, 3))
      v128.store(target + 32, v128.shuffle<i64>(abHigh, cdHigh, 0, 2))
      v128.store(target + 48, v128.shuffle<i64>(abHigh, cdHigh, 1, 3))
    }
    const z = transformed(scratch, other, cosines, sines, half)
    const count = min(4, rows - row)
    const first = (<usize>row * <usize>bins) << 2
    const rowBytes = (<usize>bins) << 2
    for (let k: i32 = 0; k <= half; k++) {
      const left = z + <usize>(k === half ? 0 : k) * complexBytes
      const right = z + <usize>(k === 0 ? 0 : half - k) * complexBytes
      const leftRe = v128.load(left)
      const leftIm = v128.load(left + 16)
      const rightRe = v128.load(right)
      const rightIm = v128.load(right + 16)
      // These are twice the spectra of the even and of the odd samples.
      const evenRe = f32x4.add(leftRe, rightRe)
      const evenIm = f32x4.sub(leftIm, rightIm)
      const oddRe = f32x4.add(leftIm, rightIm)
      const oddIm = f32x4.sub(rightRe, leftRe)
      const cosine = v128.load32_splat(cosines + ((<usize>k) << 2))
      const sine = v128.load32_splat(sines + ((<usize>k) << 2))
      const halves = f32x4.splat(0.5)
      const real = f32x4.mul(
        halves,
        f32x4.add(evenRe, f32x4.add(f32x4.mul(cosine, oddRe), f32x4.mul(sine, oddIm))),
      )
      const imaginary = f32x4.mul(
        halves,
        f32x4.add(evenIm, f32x4.sub(f32x4.mul(cosine, oddIm), f32x4.mul(sine, oddRe))),
      )
      const at = first + ((<usize>k) << 2)
      storeLanes(re + at, rowBytes, real, count)
      storeLanes(im + at, rowBytes, imaginary, count)
    }
  }
}

/** re, im [batch * frames, N / 2 + 1] -> x [batch, samples], which is overwritten. */
export function spectraTransposed(
  re: usize,
  im: usize,
  table: usize,
  scratch: usize,
  x: usize,
  batch: i32,
  frames: i32,
  hopSamples: i32,
  fftSize: i32,
): void {
  const samples = gridSamples(frames, hopSamples, fftSize)
  memory.fill(x, 0, (<usize>batch * <usize>samples) << 2)
  const half = fftSize >> 1
  const rows = batch * frames
  const cosines = table + ((<usize>fftSize) << 2)
  const sines = cosines + ((<usize>fftSize) << 2)
  const other = scratch + <usize>half * complexBytes
  const rowBytes = (<usize>(half + 1)) << 2
  const halves = f32x4.splat(0.5)
  const zeros = f32x4.splat(0)
  for (let row: i32 = 0; row < rows; row += 4) {
    const count = min(4, rows - row)
    const firstRe = re + <usize>row * rowBytes
    const firstIm = im + <usize>row * rowBytes
    for (let k: i32 = 0; k < half; k++) {
      const left = (<usize>k) << 2
      const right = (<usize>(half - k)) << 2
      // The sum counts each bin once, so a bin and its mirror image get half of it each.
      const share = k === 0 ? f32x4.splat(1) : halves
      const leftRe = f32x4.mul(share, loadLanes(firstRe + left, rowBytes, count))
      const leftIm = k === 0 ? zeros : f32x4.mul(share, loadLanes(firstIm + left, rowBytes, count))
      const rightRe = f32x4.mul(share, loadLanes(firstRe + right, rowBytes, count))
      const rightIm = k === 0 ? zeros : f32x4.mul(share, loadLanes(firstIm + right, rowBytes, count))
      const evenRe = f32x4.add(leftRe, rightRe)
      const evenIm = f32x4.sub(leftIm, rightIm)
      const differenceRe = f32x4.sub(leftRe, rightRe)
      const differenceIm = f32x4.add(leftIm, rightIm)
      const cosine = v128.load32_splat(cosines + left)
      const sine = v128.load32_splat(sines + left)
      // This is the difference, rotated by k / N of a turn and by a quarter turn.
      const oddRe = f32x4.sub(
        zeros,
        f32x4.add(f32x4.mul(sine, differenceRe), f32x4.mul(cosine, differenceIm)),
      )
      const oddIm = f32x4.sub(f32x4.mul(cosine, differenceRe), f32x4.mul(sine, differenceIm))
      // Swapping real and imaginary parts before and after the forward transform gives the inverse transform.
      const target = scratch + <usize>k * complexBytes
      v128.store(target, f32x4.add(evenIm, oddIm))
      v128.store(target + 16, f32x4.add(evenRe, oddRe))
    }
    const z = transformed(scratch, other, cosines, sines, half)
    for (let lane: i32 = 0; lane < count; lane++) {
      const target = frameAddress(x, row + lane, frames, samples, hopSamples)
      const laneBytes = (<usize>lane) << 2
      for (let n: i32 = 0; n < fftSize; n += 4) {
        const at = (<usize>n) << 2
        const from = z + (<usize>n >> 1) * complexBytes + laneBytes
        let four = v128.load32_zero(from + 16)
        four = v128.load_lane<i32>(from, four, 1)
        four = v128.load_lane<i32>(from + 48, four, 2)
        four = v128.load_lane<i32>(from + 32, four, 3)
        v128.store(target + at, f32x4.add(v128.load(target + at), f32x4.mul(four, v128.load(table + at))))
      }
    }
  }
}

function gridSamples(frames: i32, hopSamples: i32, fftSize: i32): i32 {
  return (frames - 1) * hopSamples + fftSize
}

function frameAddress(x: usize, row: i32, frames: i32, samples: i32, hopSamples: i32): usize {
  return x + ((<usize>((row / frames) * samples + (row % frames) * hopSamples)) << 2)
}

function storeLanes(to: usize, rowBytes: usize, values: v128, count: i32): void {
  v128.store_lane<f32>(to, values, 0)
  if (count > 1) v128.store_lane<f32>(to + rowBytes, values, 1)
  if (count > 2) v128.store_lane<f32>(to + 2 * rowBytes, values, 2)
  if (count > 3) v128.store_lane<f32>(to + 3 * rowBytes, values, 3)
}

function loadLanes(from: usize, rowBytes: usize, count: i32): v128 {
  let values = v128.load32_zero(from)
  if (count > 1) values = v128.load_lane<f32>(from + rowBytes, values, 1)
  if (count > 2) values = v128.load_lane<f32>(from + 2 * rowBytes, values, 2)
  if (count > 3) values = v128.load_lane<f32>(from + 3 * rowBytes, values, 3)
  return values
}

/**
 * Computes the discrete Fourier transform of the `size` complex vectors at `x`, with `y` as the second buffer. It uses
 * Stockham's algorithm with radix-4 passes, and one radix-2 pass if `size` is not a power of four. Returns the buffer
 * that holds the result.
 */
function transformed(x: usize, y: usize, cosines: usize, sines: usize, size: i32): usize {
  let from = x
  let to = y
  let stride: i32 = 1
  let length = size
  while (length >= 4) {
    passOfFour(from, to, cosines, sines, length, stride)
    const swapped = from
    from = to
    to = swapped
    length >>= 2
    stride <<= 2
  }
  if (length === 1) return from
  const apart = <usize>stride * complexBytes
  for (let q: usize = 0; q < apart; q += 16) {
    const a = v128.load(from + q)
    const b = v128.load(from + q + apart)
    v128.store(to + q, f32x4.add(a, b))
    v128.store(to + q + apart, f32x4.sub(a, b))
  }
  return to
}

function passOfFour(x: usize, y: usize, cosines: usize, sines: usize, length: i32, stride: i32): void {
  const quarter = length >> 2
  const run = <usize>stride * complexBytes
  const apart = <usize>quarter * run
  for (let p: i32 = 0; p < quarter; p++) {
    // The table divides the turn into twice as many parts as the transform has values.
    const turn = (<usize>(2 * stride * p)) << 2
    const cos1 = v128.load32_splat(cosines + turn)
    const sin1 = v128.load32_splat(sines + turn)
    const cos2 = v128.load32_splat(cosines + 2 * turn)
    const sin2 = v128.load32_splat(sines + 2 * turn)
    const cos3 = v128.load32_splat(cosines + 3 * turn)
    const sin3 = v128.load32_splat(sines + 3 * turn)
    const source = x + <usize>p * run
    const target = y + 4 * <usize>p * run
    for (let q: usize = 0; q < run; q += complexBytes) {
      const at = source + q
      const aRe = v128.load(at)
      const aIm = v128.load(at + 16)
      const bRe = v128.load(at + apart)
      const bIm = v128.load(at + apart + 16)
      const cRe = v128.load(at + 2 * apart)
      const cIm = v128.load(at + 2 * apart + 16)
      const dRe = v128.load(at + 3 * apart)
      const dIm = v128.load(at + 3 * apart + 16)
      const acRe = f32x4.add(aRe, cRe)
      const acIm = f32x4.add(aIm, cIm)
      const aLessCRe = f32x4.sub(aRe, cRe)
      const aLessCIm = f32x4.sub(aIm, cIm)
      const bdRe = f32x4.add(bRe, dRe)
      const bdIm = f32x4.add(bIm, dIm)
      // This is b - d, rotated by a quarter turn.
      const turnedRe = f32x4.sub(dIm, bIm)
      const turnedIm = f32x4.sub(bRe, dRe)
      const to = target + q
      v128.store(to, f32x4.add(acRe, bdRe))
      v128.store(to + 16, f32x4.add(acIm, bdIm))
      storeTurned(to + run, f32x4.sub(aLessCRe, turnedRe), f32x4.sub(aLessCIm, turnedIm), cos1, sin1)
      storeTurned(to + 2 * run, f32x4.sub(acRe, bdRe), f32x4.sub(acIm, bdIm), cos2, sin2)
      storeTurned(to + 3 * run, f32x4.add(aLessCRe, turnedRe), f32x4.add(aLessCIm, turnedIm), cos3, sin3)
    }
  }
}

/** Stores (re + i im) (cosine - i sine). */
function storeTurned(to: usize, re: v128, im: v128, cosine: v128, sine: v128): void {
  v128.store(to, f32x4.add(f32x4.mul(re, cosine), f32x4.mul(im, sine)))
  v128.store(to + 16, f32x4.sub(f32x4.mul(im, cosine), f32x4.mul(re, sine)))
}
