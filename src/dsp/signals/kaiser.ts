/** The Kaiser window, close to optimal among windows of finite length (Kaiser 1974). */

/** Modified Bessel function of the first kind, order 0, by its power series. */
function besselI0(x: number): number {
  let term = 1
  let sum = 1
  for (let k = 1; term > 1e-17 * sum; k++) {
    term *= (x / (2 * k)) ** 2
    sum += term
  }
  return sum
}

/** The window at `position`, -1..1 from edge to edge; 0 outside. Greater `beta`: less leakage, wider transition. */
export function kaiserWindow(position: number, beta: number): number {
  if (Math.abs(position) > 1) return 0
  return besselI0(beta * Math.sqrt(1 - position * position)) / besselI0(beta)
}
