/** Decodes a fixture that is stored as base64. */
export function fixtureBytes({ base64 }: { readonly base64: string }): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}
