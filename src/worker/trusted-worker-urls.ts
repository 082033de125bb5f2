/**
 * Lets a page that enforces Trusted Types start workers from its own host, and nothing else. Bundlers recognise a worker
 * only by `new Worker(new URL(…))`, which leaves no place for a policy with a name, so this is the default policy.
 */

const rules = {
  createScriptURL(url: string): string {
    if (new URL(url, location.href).origin === location.origin) return url
    throw new TypeError(`${url} is not a script of this page.`)
  },
}

/** Does nothing where there are no Trusted Types, and in a page that has a default policy already. */
export function trustOwnWorkers(): void {
  const { trustedTypes } = globalThis
  if (!trustedTypes || trustedTypes.defaultPolicy) return
  try {
    trustedTypes.createPolicy('default', rules)
  } catch {
    // The policy of the embedding page forbids it and takes precedence.
  }
}
