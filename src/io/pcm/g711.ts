/**
 * The companding of telephones, ITU-T G.711: a sign, three bits of exponent and four of mantissa in a byte. Samples have
 * full scale at +-1, as libsndfile and sox scale them.
 */

/** A-law inverts every second bit; its lowest segment is linear. */
export function aLawSample(byte: number): number {
  const code = byte ^ 0x55
  const exponent = (code >> 4) & 7
  const mantissa = (code & 15) << 4
  const magnitude = exponent === 0 ? mantissa + 8 : (mantissa + 0x108) << (exponent - 1)
  return (code & 0x80 ? magnitude : -magnitude) / 0x8000
}

/** Mu-law inverts all bits, and adds a bias so that every segment has the same form. */
export function muLawSample(byte: number): number {
  const code = ~byte & 0xff
  const exponent = (code >> 4) & 7
  const magnitude = ((((code & 15) << 3) + 0x84) << exponent) - 0x84
  return (code & 0x80 ? -magnitude : magnitude) / 0x8000
}
