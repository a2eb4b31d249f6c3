/** A static file server for `dist`: what any web host does, and no more. */
import { createReadStream, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { ROOT } from './fresh.mjs'

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.yaml': 'application/yaml; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.md': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
}

/** File in `folder` that a request asks for, or null. */
function fileFor(folder, url) {
  let path
  try {
    path = normalize(decodeURIComponent(new URL(url, 'http://localhost').pathname))
  } catch {
    return null
  }
  if (path.includes('\0') || path.split(/[\\/]/).includes('..')) return null
  const file = join(folder, path)
  const stat = statSync(file, { throwIfNoEntry: false })
  if (stat?.isFile()) return { file, size: stat.size }
  const index = join(file, 'index.html')
  const inside = stat?.isDirectory() ? statSync(index, { throwIfNoEntry: false }) : undefined
  return inside?.isFile() ? { file: index, size: inside.size } : null
}

function answer(folder, request, response) {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { Allow: 'GET, HEAD' }).end()
    return
  }
  const found = fileFor(folder, request.url ?? '/')
  if (found === null) {
    response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Not found\n')
    return
  }
  response.writeHead(200, {
    'Content-Type': TYPES[extname(found.file)] ?? 'application/octet-stream',
    'Content-Length': found.size,
    'Cache-Control': /[\\/]assets[\\/]/.test(found.file) ? 'public, max-age=31536000, immutable' : 'no-cache',
    'X-Content-Type-Options': 'nosniff',
  })
  if (request.method === 'HEAD') response.end()
  else createReadStream(found.file).pipe(response)
}

/**
 * Serves `dist` on the loopback address. A taken port gives way to the next free one, unless `strict`.
 * @param {number} port
 * @param {{ strict?: boolean }} [options]
 * @returns {Promise<{ url: string, close: () => void }>}
 */
export function serve(port, { strict = false } = {}) {
  const folder = join(ROOT, 'dist')
  const server = createServer((request, response) => answer(folder, request, response))
  return new Promise((resolve, reject) => {
    let tried = port
    server.on('error', (error) => {
      if (error.code !== 'EADDRINUSE' || strict || tried >= port + 50) reject(error)
      else server.listen(++tried, '127.0.0.1')
    })
    server.on('listening', () => {
      const { port: bound } = server.address()
      resolve({ url: `http://127.0.0.1:${bound}`, close: () => server.close() })
    })
    server.listen(tried, '127.0.0.1')
  })
}
