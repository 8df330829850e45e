// The one way to our own server: same session, our CSRF header, and errors that say what a worker can do.

/** Nobody is signed in any more. */
export class SignedOut extends Error {}

/** Somebody else has signed in in this browser since the page was opened. */
export class OtherWorker extends Error {}

/** The server could not be reached; the same call may succeed later. */
export class Unreachable extends Error {}

/** The server is there and its database is not; the same call may succeed later. */
export class DatabaseAway extends Unreachable {}

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

let owner;
let trusted;

/**
 * Who is signed in: {user, name, banner, asked}. The first answer makes that user the owner of this page.
 * Throws OtherWorker when it is somebody else by now, SignedOut when it is nobody.
 */
export async function whoIsHere() {
  const who = await send('GET', 'api/session');
  owner ??= who.user;
  if (who.user !== owner) {
    throw new OtherWorker();
  }
  // signing in brings a new token: as long as it is this one, it is this user
  trusted = cookie('FT-CSRF');
  return who;
}

/**
 * Calls our server and answers the JSON it sent, or null when it sent none. What one worker typed is never sent in
 * another's name: a write first makes sure that the page's owner is still signed in.
 * `keepalive` lets the call outlive the page; browsers allow that for small bodies only.
 */
export async function call(method, path, body, { keepalive = false } = {}) {
  if (method !== 'GET' && (!trusted || trusted !== cookie('FT-CSRF'))) {
    await whoIsHere();
  }
  return send(method, path, body, keepalive);
}

async function send(method, path, body, keepalive = false) {
  const headers = { Accept: 'application/json', 'X-Requested-With': 'XMLHttpRequest' };
  if (method !== 'GET') {
    headers['X-FT-CSRF'] = trusted ?? '';
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
    trusted = null;
    throw new SignedOut();
  }
  const text = await answer.text();
  let content = null;
  try {
    content = text ? JSON.parse(text) : null;
  } catch (notJson) {
    throw new Unreachable('no answer of ours');
  }
  if (answer.status === 503) {
    throw new DatabaseAway(content?.message);
  }
  if (answer.status >= 500) {
    throw new Unreachable(`${answer.status}`);
  }
  if (answer.status === 403) {
    // perhaps only the token is stale: the next call asks who is here
    trusted = null;
  }
  if (!answer.ok) {
    throw new Refused(answer.status, content?.message ?? '', content?.field);
  }
  return content;
}
