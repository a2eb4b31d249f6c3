import { toast } from '../../../ui/toast'

/** Puts a text on the clipboard and says so. */
export async function copyText(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toast.show({ title: `Copied ${what}.` })
  } catch {
    toast.show({ title: 'This browser keeps the clipboard closed. Select the text and copy it.' })
  }
}
