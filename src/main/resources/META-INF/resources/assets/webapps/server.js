// The one way to our own server: same session, our CSRF header, and errors that say what a worker can do.

/** Nobody is signed in any more, or somebody else is. */
export class SignedOut extends Error {}

/** The server could not be reached; the same call may succeed later. */
export class Unreachable extends Error {}

/** The server understood and said no. `message` is a sentence for the reader, `field` the key it is about, if any. */
export class Refused extends Error {
  constructor(status, message, field) {
    super(message);
    this.status = status;
    this.field = field;
  }
}

// this file lives in <context path>/assets/webapps/, so the product may sit below any context path
const root = new URL('../../', import.meta.url);

/** The absolute address of a path of ours, such as `login` or `api/session`. */
export const address = path => new URL(path, root).href;

const cookie = name => document.cookie.split('; ')
  .filter(pair => pair.startsWith(name + '=')).map(pair => decodeURIComponent(pair.slice(name.length + 1)))[0];

/**
 * Calls our server and answers the JSON it sent, or null when it sent none.
 * `keepalive` lets the call outlive the page; browsers allow that for small bodies only.
 */
export async function call(method, path, body, { keepalive = false } = {}) {
  const headers = { Accept: 'application/json', 'X-Requested-With': 'XMLHttpRequest' };
  if (method !== 'GET') {
    // read at every call: signing in again brings a new token
    headers['X-FT-CSRF'] = cookie('FT-CSRF') ?? '';
    headers['Content-Type'] = 'application/json';
  }
  let answer;
  try {
    answer = await fetch(address(path), {
      method, headers, keepalive, cache: 'no-store', credentials: 'same-origin',
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (failure) {
    throw new Unreachable(failure.message);
  }
  if (answer.status === 401 || (answer.redirected && new URL(answer.url).pathname.endsWith('/login'))) {
    throw new SignedOut();
  }
  if (answer.status >= 500) {
    throw new Unreachable(`${answer.status}`);
  }
  const text = await answer.text();
  let content = null;
  try {
    content = text ? JSON.parse(text) : null;
  } catch (notJson) {
    throw new Unreachable('no answer of ours');
  }
  if (!answer.ok) {
    throw new Refused(answer.status, content?.message ?? '', content?.field);
  }
  return content;
}
