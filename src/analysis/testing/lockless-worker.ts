/** The analysis's worker in a browser that refuses Web Locks, as one does when a person has blocked storage. */
import '../worker.ts'

const request = async () => Promise.reject(new DOMException('Storage is blocked.', 'SecurityError'))
Object.defineProperty(navigator, 'locks', { value: { request } })
