// "Find a case": the case view for whoever has no task on the case. What is searched stays on this page and travels
// in the body of a call only: no address, storage or access log ever has a name in it.
import { call, Refused, SignedOut } from '../../../../../assets/webapps/server.js';
import { casePage, showCase } from './case.js';
import { element, uniqueId } from '../../../../../assets/webapps/html.js';

const PATH = '/find';
const MOST = 20;
const LEAST = 2;

// where the worker was in the tasks, for the way back
let before = '#/';

export const findLink = {
  id: 'follow-through-find-link',
  pluginPoint: 'tasklist.navbar.action',
  priority: 200,
  render(node) {
    node.append(element('a', { href: `#${PATH}`, class: 'ft-find-link', onclick: remember }, 'Find a case'));
  },
};

function remember() {
  if (!location.hash.startsWith(`#${PATH}`)) {
    before = location.hash || '#/';
  }
}

export const findPage = {
  id: 'follow-through-find',
  pluginPoint: 'tasklist.route',
  priority: 100,
  properties: { path: PATH },
  render(node) {
    node.append(page());
    // Tasklist may put the node into the page only after this
    requestAnimationFrame(() => node.querySelector('input').focus());
  },
};

function page() {
  const fieldId = uniqueId('find');
  const helpId = `${fieldId}-help`;
  // no name and no history: what one worker typed is not offered to the next, nor sent to a spelling service
  const field = element('input', {
    id: fieldId, type: 'text', class: 'ft-input', autocomplete: 'off', spellcheck: 'false', maxlength: 200, 'aria-describedby': `${helpId} ${fieldId}-error`,
  });
  const results = element('div', {});
  const chosen = element('div', {});
  const error = element('p', { id: `${fieldId}-error`, class: 'ft-field-error' });
  let latest = 0;

  function complain(words) {
    error.textContent = words;
    error.parentElement.classList.toggle('ft-wrong', Boolean(words));
    field.setAttribute('aria-invalid', String(Boolean(words)));
  }

  async function find(event) {
    event.preventDefault();
    const text = field.value.trim();
    const mine = ++latest;
    if (text.length < LEAST) {
      complain(`Type at least ${LEAST} letters of the name, or the reference.`);
      field.focus();
      return;
    }
    complain('');
    results.setAttribute('aria-busy', 'true');
    let answer;
    try {
      const found = await call('POST', 'api/find', { text }) ?? [];
      answer = found.length ? list(found) : element('p', { tabindex: '-1' }, 'Nothing found. Check the spelling, or search by the reference.');
    } catch (failure) {
      answer = element('p', { class: 'ft-problem', tabindex: '-1' }, sentence(failure));
    }
    // only the last search counts
    if (mine !== latest) return;
    results.removeAttribute('aria-busy');
    results.replaceChildren(answer);
    chosen.replaceChildren();
    results.querySelector('[tabindex="-1"]').focus();
  }

  function list(found) {
    const id = uniqueId('found');
    return element('section', { 'aria-labelledby': id },
      element('h3', { id, tabindex: '-1' }, found.length === 1 ? '1 case found' : `${Math.min(found.length, MOST)} cases found`),
      element('ul', { class: 'ft-menu' }, found.slice(0, MOST).map(item)),
      found.length < MOST ? null
        : element('p', { class: 'ft-quiet' }, `No more than ${MOST} are shown. Is yours not among them? Type more of the name, or the reference.`));
  }

  const item = ({ reference, children, team }) => element('li', {},
    element('button', { type: 'button', class: 'ft-link', onclick: event => choose(event.currentTarget, reference) },
      element('strong', {}, children?.length ? children.join(', ') : 'Family not known yet'), ` · ${reference}`),
    team ? element('span', { class: 'ft-sub' }, team) : null);

  async function choose(button, reference) {
    results.querySelector('[aria-current]')?.removeAttribute('aria-current');
    button.setAttribute('aria-current', 'true');
    const file = casePage();
    file.setAttribute('role', 'region');
    file.setAttribute('aria-label', `Case ${reference}`);
    file.setAttribute('tabindex', '-1');
    chosen.replaceChildren(file);
    await showCase(file, `cases/${encodeURIComponent(reference)}`);
    if (file.isConnected) {
      file.focus({ preventScroll: true });
      file.scrollIntoView({ block: 'start' });
    }
  }

  return element('div', { class: 'ft-find', lang: 'en-GB' },
    element('div', { class: 'ft-case' },
      element('p', {}, element('a', { href: before }, 'Back to the tasks')),
      element('h2', {}, 'Find a case'),
      element('form', { role: 'search', onsubmit: find, autocomplete: 'off' },
        element('div', { class: 'ft-field' },
          element('label', { for: fieldId }, 'Reference or name'),
          element('p', { id: helpId, class: 'ft-sub' }, 'The reference of the case, or the name of somebody in the family.'),
          error,
          element('div', { class: 'ft-find-line' }, field, element('button', { type: 'submit', class: 'ft-button ft-primary' }, 'Find')))),
      results),
    chosen);
}

function sentence(failure) {
  if (failure instanceof SignedOut) return 'You are signed out. Sign in again to search.';
  if (failure instanceof Refused && failure.status === 403) return failure.message || 'Searching all cases is not among your rights.';
  if (failure instanceof Refused) return failure.message || 'This cannot be searched for.';
  return 'The search did not get through: the connection is lost. Try again in a moment.';
}
