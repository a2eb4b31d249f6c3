export { Canvas } from './Canvas'
export { tell } from './tell'
export { startTypeDrag, endTypeDrag, DRAG_MIME } from './drag-type'
export {
  createTokenBuffer,
  edgeFinder,
  NO_TOKENS,
  pushToken,
  TOKEN_CAPACITY,
  type TokenBuffer,
  type TokenSource,
} from './tokens/token-buffer'
export { glyphName } from './glyph-name'
export * from './types'
