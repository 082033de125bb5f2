/** The analysis worker in a browser that refuses Web Locks, as browsers do when the user has blocked storage. */
import '../worker.ts'

const request = async () => Promise.reject(new DOMException('Storage is blocked.', 'SecurityError'))
Object.defineProperty(navigator, 'locks', { value: { request } })
