/** The analysis's worker where the browser refuses Web Locks, as it does where a person has blocked storage. */
import '../worker.ts'

const request = async () => Promise.reject(new DOMException('Storage is blocked.', 'SecurityError'))
Object.defineProperty(navigator, 'locks', { value: { request } })
