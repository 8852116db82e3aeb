import { type Plugin } from 'vite';

/**
 * What the page may load and where it may speak: nothing but what ships in the program. Styles may stand in
 * attributes, which components use for positions.
 */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Puts the policy into the built page. Vite's own dev server needs a WebSocket and scripts in the page. */
export function csp(): Plugin {
  return {
    name: 'kwadrans-csp',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY },
        injectTo: 'head-prepend',
      },
    ],
  };
}
