/** How the way to the server is encrypted. */
export type Encryption = 'starttls' | 'implicit' | 'none';

/** A field of the form. */
export type MailField = 'from' | 'host' | 'port' | 'tls' | 'user' | 'password' | 'to';

/** The port that goes with an encryption. */
export const usual: Readonly<Record<string, string>> = { starttls: '587', implicit: '465' };

/** What a failure has to do with, by its code: there somebody should look, the likeliest first. */
export const suspects: Readonly<Record<string, readonly MailField[]>> = {
  'mail-auth': ['user', 'password'],
  'mail-tls': ['tls', 'port', 'host'],
  'mail-refused': ['to', 'from'],
  offline: ['host', 'port'],
};

/** Says whether a text can be an address; Go looks closer. */
export function isAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim());
}

/** Says whether a text is a port. */
export function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= 65_535;
}

/** Says whether a text names a kind of encryption. */
export function isEncryption(text: string): text is Encryption {
  return ['starttls', 'implicit', 'none'].includes(text);
}

/** Says whether a server is on this computer, where letters may go without encryption. */
export function isHere(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1)$/.test(host.trim());
}
