/**
 * A module that scripts/assembly-plugin.mjs compiled, in base64: for its own memory and for shared memory, each without
 * and with relaxed SIMD.
 */
declare module '*?assembly' {
  const binary: Readonly<Record<'own' | 'ownRelaxed' | 'shared' | 'sharedRelaxed', string>>
  export default binary
}
