/** The schemas of all resource types, collected from the service folders. For the gate; never reaches the worker. */
import type { Schemas } from './schema-kit'

const modules = import.meta.glob<{ schemas: Schemas }>('./*/schema.ts', { eager: true })

export const SCHEMAS: Schemas = Object.assign({}, ...Object.values(modules).map((module) => module.schemas))
