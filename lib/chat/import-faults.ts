/** Why an import came to nothing, or not to all, with what to do. */
export const importFaults = {
  not_an_export:
    'No conversations were found in this file. Choose the archive that ChatGPT or Claude sent you, or a JSON file that was exported from here.',
  encrypted: 'The archive is locked with a password. Unpack it, and choose the file conversations.json.',
  unsafe_path: 'The archive names files outside itself, as no export does. It was not opened.',
  too_many_files: 'The archive holds more files than an export does. It was not opened.',
  unpacks_too_large:
    'The archive would unpack to far more than an export does. Unpack it yourself if you trust it, and choose the file conversations.json.',
  broken_archive: 'The archive is damaged or was not sent whole. Download it once more, and choose it again.',
  broken_json: 'The file is damaged or breaks off. Download it once more, and choose it again.',
  conversation_too_large: 'A single conversation is larger than 64 MB: what follows it was not read.',
  too_many_conversations:
    'The file holds more than 100,000 conversations. Split the file to bring those that were not read.',
  stopped_server:
    'The server stopped three times at the same conversation. To bring what follows, take that one out of the file and import it again.',
  interrupted: 'The server could not finish. Import the file again.',
} as const

export type ImportFault = keyof typeof importFaults

export function isImportFault(code: string | null): code is ImportFault {
  return code !== null && code in importFaults
}

/** Thrown where a file cannot be read any further. */
export class ImportFaultError extends Error {
  override readonly name = 'ImportFaultError'
  readonly fault: ImportFault

  constructor(fault: ImportFault, options: ErrorOptions = {}) {
    super(fault, options)
    this.fault = fault
  }
}
