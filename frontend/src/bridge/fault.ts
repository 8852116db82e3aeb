/**
 * A failure of a call: `code` names it for the program and chooses the sentence; `message` and `hint` say
 * what is particular to this case, in the user's language, and may be empty.
 */
export class Fault extends Error {
  readonly code: string;
  readonly hint: string;

  constructor(code: string, message = '', hint = '') {
    super(message);
    this.name = 'Fault';
    this.code = code;
    this.hint = hint;
  }
}

/** Reads what a call failed with: JSON text of {code, message, hint} from Go, else a defect of ours. */
export function faultOf(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  try {
    const value: unknown = JSON.parse(text);
    if (isFault(value)) return new Fault(value.code, value.message, value.hint);
  } catch {
    // not from Go
  }
  return new Fault('internal', text);
}

function isFault(v: unknown): v is { code: string; message: string; hint: string } {
  return typeof v === 'object' && v !== null && 'code' in v && typeof v.code === 'string' && v.code !== '';
}
