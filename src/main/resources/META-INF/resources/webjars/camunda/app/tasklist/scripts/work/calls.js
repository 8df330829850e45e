// Listens to Tasklist's own calls to the engine: a completed task or a started process, and what was refused.

const listeners = [];

/**
 * `heard({taskId, definition, state, answer})` for every submitted form: state is 'sent', 'done' or 'failed';
 * answer is the JSON that came back, if any. taskId for a task's form, definition for a start form.
 */
export const onSubmit = heard => listeners.push(heard);

const SUBMIT = /\/engine\/[^/]+\/(task|process-definition)\/(?:key\/)?([^/]+)\/(?:submit-form|start|complete|resolve)$/;

export function listen() {
  const { open, send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    const match = method.toUpperCase() === 'POST' && SUBMIT.exec(new URL(url, document.baseURI).pathname);
    this.followThrough = match ? { [match[1] === 'task' ? 'taskId' : 'definition']: decodeURIComponent(match[2]) } : null;
    return open.call(this, method, url, ...rest);
  };
  XMLHttpRequest.prototype.send = function (...rest) {
    const what = this.followThrough;
    if (what) {
      tell({ ...what, state: 'sent' });
      // first in line: Tasklist's own listeners read what we have learned
      this.addEventListener('readystatechange', () => {
        if (this.readyState === 4) {
          tell({ ...what, state: this.status >= 200 && this.status < 300 ? 'done' : 'failed', status: this.status, answer: json(this) });
        }
      });
    }
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
