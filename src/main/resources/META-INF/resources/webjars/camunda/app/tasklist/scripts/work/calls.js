// Listens to Tasklist's own calls to the engine: a completed task or a started process, and what was refused.

const listeners = [];

/**
 * `heard({taskId, definition, state, answer})` for every submitted form: state is 'sent', 'done' or 'failed' (with the HTTP status);
 * answer is the JSON that came back, if any. taskId for a task's form, definition for a start form.
 */
export const onSubmit = heard => listeners.push(heard);

const SUBMIT = /\/engine\/[^/]+\/(task|process-definition)\/(?:key\/)?([^/]+)\/(?:submit-form|start|complete|resolve)$/;

/** Begins to listen. `whenSignedOut` is called whenever the engine answers that nobody is signed in. */
export function listen(whenSignedOut) {
  const { open, send } = XMLHttpRequest.prototype;
  const [status, statusText] = ['status', 'statusText']
    .map(property => Object.getOwnPropertyDescriptor(XMLHttpRequest.prototype, property).get);
  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    const { pathname } = new URL(url, document.baseURI);
    const match = method.toUpperCase() === 'POST' && SUBMIT.exec(pathname);
    this.submitted = match ? { [match[1] === 'task' ? 'taskId' : 'definition']: decodeURIComponent(match[2]) } : null;
    if (pathname.includes('/api/engine/')) {
      // Tasklist drops a call that meets a lost session and waits for its answer for ever: its list would never
      // refresh again and its button stay grey. As a passing failure it is tried again once somebody is signed in.
      const signedOut = () => status.call(this) === 401;
      Object.defineProperty(this, 'status', { configurable: true, get: () => signedOut() ? 503 : status.call(this) });
      Object.defineProperty(this, 'statusText', { configurable: true, get: () => signedOut() ? 'you are signed out' : statusText.call(this) });
    }
    return open.call(this, method, url, ...rest);
  };
  XMLHttpRequest.prototype.send = function (...rest) {
    const what = this.submitted;
    if (what) {
      tell({ ...what, state: 'sent' });
    }
    // first in line: Tasklist's own listeners read what we have learned
    this.addEventListener('readystatechange', () => {
      if (this.readyState !== 4) return;
      const code = status.call(this);
      if (what) {
        tell({ ...what, state: code >= 200 && code < 300 ? 'done' : 'failed', status: code, answer: json(this) });
      }
      if (code === 401) {
        whenSignedOut();
      }
    });
    return send.apply(this, rest);
  };
}

const tell = event => listeners.forEach(heard => heard(event));

function json(request) {
  try {
    return JSON.parse(request.responseText);
  } catch (notJson) {
    return null;
  }
}
