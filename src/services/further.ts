/** Runtimes that are loaded when a document asks for them. The command line, which has them all, is built without this file (vite.cli.config.ts). */
import type { Install } from './service'

export const FURTHER = import.meta.glob<{ readonly install: Install }>([
  './*/runtime.ts',
  '!./client/runtime.ts',
  '!./lambda/runtime.ts',
  '!./sqs/runtime.ts',
])
