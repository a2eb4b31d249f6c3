import type * as ContentJobs from './content-job'

/** What the worker loads when somebody asks for it. The command line, which nobody asks, is built without this file (vite.cli.config.ts). */
export const importContentJob = (): Promise<typeof ContentJobs> => import('./content-job')
