// Nothing typed is lost: what is being typed into a task's form is kept on our server, and in this page's memory until
// the server has it. Never in the browser's storage, where the next user of the computer could read it.
import { address, call, DatabaseAway, OtherWorker, Refused, SignedOut, whoIsHere } from '../../../../../assets/webapps/server.js';
import { SIGNED_IN } from '../../../../../assets/webapps/frame.js';
import { element } from '../../../../../assets/webapps/html.js';
import { onForm, valuesOf } from './forms.js';
import { time } from '../../../../../assets/webapps/words.js';

const PAUSE = 700;
// browsers refuse a body above 64 KiB for a call that outlives its page
const OUTLIVES = 60_000;
const RETRY = [2_000, 3_000, 5_000, 8_000];

/** One draft per task: {taskId, values, saved, sending, timer, state, at, tries, line}. */
const drafts = new Map();

/** Stops Tasklist from keeping forms in the browser's storage, and removes what older pages left there. */
export function keepOutOfStorage() {
  const ours = key => /^(camunda-form:|camForm:)/.test(key);
  const { setItem } = Storage.prototype;
  Storage.prototype.setItem = function (key, value) {
    if (!ours(String(key))) {
      setItem.call(this, key, value);
    }
  };
  for (const store of [localStorage, sessionStorage]) {
    Object.keys(store).filter(ours).forEach(key => store.removeItem(key));
  }
}

/** What was typed into last where no draft is kept. */
let unkept = null;

/** Whether a form with something typed in it is open, so that the page must stay. */
export const isFilling = () => Boolean(unkept?.isConnected) || [...drafts.values()].some(draft =>
  draft.line?.isConnected && draft.touched || draft.values !== draft.saved);

/** Tells at every open form that the session is gone. */
export function signedOut() {
  for (const draft of drafts.values()) {
    tell(draft, 'signed-out');
    if (draft.values !== draft.saved) retryLater(draft);
  }
}

/** Sends at once what is not saved yet. Answers when the server has it or has refused it. */
export const saveAll = options => Promise.all([...drafts.values()].map(draft => save(draft, options)));

/** While a task is being completed its draft rests; after it was completed there is none. */
export function completing(taskId) {
  const draft = drafts.get(taskId);
  if (draft) {
    clearTimeout(draft.timer);
    draft.resting = true;
  }
}

export function completed(taskId) {
  const draft = drafts.get(taskId);
  if (draft) {
    clearTimeout(draft.timer);
    drafts.delete(taskId);
  }
}

export function notCompleted(taskId) {
  const draft = drafts.get(taskId);
  if (draft) {
    draft.resting = false;
    save(draft);
  }
}

export function keepDrafts() {
  onForm(({ form, container, taskId, prefill }) => {
    if (!taskId) return null;
    const draft = drafts.get(taskId) ?? { taskId, values: null, saved: null, tries: 0 };
    drafts.set(taskId, draft);
    if (draft.values !== draft.saved) {
      // typed here and not yet on the server: it is newer than what the server just sent
      prefill(JSON.parse(draft.values));
    }
    draft.resting = false;
    return () => {
      place(draft, container);
      let before = JSON.stringify(valuesOf(form));
      form.on('changed', () => {
        const now = JSON.stringify(valuesOf(form));
        if (now !== before) {
          before = now;
          draft.touched = true;
          draft.values = now;
          schedule(draft);
        }
      });
      container.addEventListener('focusout', () => setTimeout(() => save(draft)));
      if (draft.values !== draft.saved) save(draft);
    };
  });
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && saveAll({ leaving: true }));
  window.addEventListener('pagehide', () => saveAll({ leaving: true }));
  window.addEventListener('hashchange', () => saveAll());
  // signed in again in another tab, or back on the network: go on at once
  const goOn = () => drafts.forEach(draft => draft.values !== draft.saved ? save(draft)
    : ['signed-out', 'other-worker'].includes(draft.state) ? check(draft) : null);
  window.addEventListener('focus', goOn);
  window.addEventListener('online', goOn);
  new BroadcastChannel(SIGNED_IN).addEventListener('message', goOn);
}

/** Where Camunda's forms cannot be seen no draft is kept: every form says so, before anything is typed into it. */
export function keepNone() {
  const form = '[cam-tasklist-form-camunda]';
  const show = () => document.querySelectorAll(form).forEach(container => {
    // a start form asks nothing
    if (!container.closest('.modal') && !container.previousElementSibling?.matches('.ft-no-draft')) {
      container.before(element('p', { class: 'ft-draft-trouble ft-no-draft', role: 'alert' },
        'Nothing is saved here while you type: leave this page before it is completed, and what you typed is lost. '
        + 'Please tell operations that drafts are not kept.'));
    }
  });
  document.addEventListener('input', event => {
    if (event.target.closest(form)) unkept = event.target;
  });
  new MutationObserver(show).observe(document.body, { childList: true, subtree: true });
  show();
}

function schedule(draft) {
  clearTimeout(draft.timer);
  draft.timer = setTimeout(() => save(draft), PAUSE);
}

async function save(draft, { leaving = false } = {}) {
  clearTimeout(draft.timer);
  if (draft.resting || draft.values === draft.saved) return;
  if (draft.sending && !leaving) {
    return draft.sending;
  }
  const values = draft.values;
  draft.sending = send(draft, values, leaving);
  try {
    await draft.sending;
  } finally {
    draft.sending = null;
  }
  if (draft.state === 'saved' && draft.values !== draft.saved) {
    schedule(draft);
  }
}

async function send(draft, values, leaving) {
  try {
    await call('PUT', `api/tasks/${encodeURIComponent(draft.taskId)}/draft`, JSON.parse(values),
      { keepalive: leaving && new Blob([values]).size < OUTLIVES });
    draft.saved = values;
    draft.tries = 0;
    draft.at = new Date();
    tell(draft, 'saved');
  } catch (failure) {
    if (failure instanceof Refused && failure.status === 403 && !failure.message) {
      // once it may be only that the token is stale
      if (draft.tries > 0) tell(draft, 'refused', '');
      retryLater(draft);
      return;
    }
    if (failure instanceof Refused) {
      tell(draft, failure.status === 404 || failure.status === 409 ? 'gone' : 'refused', failure.message);
      return;
    }
    tell(draft, failure instanceof OtherWorker ? 'other-worker' : failure instanceof SignedOut ? 'signed-out'
      : failure instanceof DatabaseAway ? 'database-away' : 'unreachable');
    retryLater(draft);
  }
}

function retryLater(draft) {
  clearTimeout(draft.timer);
  draft.timer = setTimeout(() => save(draft), RETRY[Math.min(draft.tries++, RETRY.length - 1)]);
}

async function check(draft) {
  try {
    await whoIsHere();
    tell(draft, draft.at ? 'saved' : 'quiet');
  } catch (failure) {
    tell(draft, failure instanceof OtherWorker ? 'other-worker' : draft.state);
  }
}

// --- what the worker reads near the form --------------------------------------------------------------------------------

function place(draft, container) {
  draft.quiet = element('p', { class: 'ft-draft' });
  draft.trouble = element('div', { class: 'ft-draft-trouble', role: 'alert' });
  draft.line = element('div', { class: 'ft-drafts' }, draft.quiet, draft.trouble);
  container.after(draft.line);
  draft.told = null;
  tell(draft, draft.state && draft.values !== draft.saved ? draft.state : draft.at ? 'saved' : 'quiet', draft.said);
}

const signIn = () => element('a', { href: address('login'), target: '_blank', rel: 'noopener' }, 'Sign in in a new tab');

const TROUBLE = {
  unreachable: () => ['Not saved yet: connection lost, keep this page open.'],
  'database-away': () => ['Not saved yet: the database is away. What you typed is kept on this page: leave it open, and it is saved',
    ' as soon as the database is back.'],
  'signed-out': () => ['Not saved yet: you are signed out. ', signIn(),
    ', then come back here: nothing you typed is lost, and it is saved as soon as you are signed in.'],
  'other-worker': () => ['Not saved: somebody else is signed in in this browser now. ', signIn(),
    ' with your own name, then come back here.'],
  gone: said => [said || 'Not saved: this task is no longer yours or is done already.'],
  refused: said => [`Not saved: ${said || 'the server did not accept it.'}`],
};

function tell(draft, state, said = '') {
  draft.state = state;
  draft.said = said;
  if (!draft.line) return;
  // what one worker typed must not be completed in another's name either
  document.querySelectorAll('.form-actions').forEach(buttons => buttons.toggleAttribute('inert', state === 'other-worker'));
  draft.quiet.textContent = state === 'saved' ? `Saved ${time(draft.at)}`
    : state === 'quiet' ? 'What you type is saved as you go.' : '';
  // said once: a screen reader must not hear it at every attempt
  const words = `${state} ${said}`;
  if (draft.told !== words) {
    draft.told = words;
    draft.trouble.replaceChildren(...TROUBLE[state]?.(said) ?? []);
  }
}
