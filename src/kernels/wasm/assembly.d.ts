/**
 * URLs of a module that scripts/assembly-plugin.mjs compiled: for its own memory and for shared memory, each without and
 * with relaxed SIMD.
 */
declare module '*?assembly' {
  const binaries: Readonly<Record<'own' | 'ownRelaxed' | 'shared' | 'sharedRelaxed', string>>
  export default binaries
}
