export function findBrowser(): { executablePath?: string } | null
export const LAUNCH_ARGS: string[]
