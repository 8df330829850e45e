// "What is late in my families": one line to a family, the gravest on top, so that a child nobody has seen never lies
// under a missing receipt. It is read when it is opened and on demand; it does not move under the reader's eyes.
import { session } from '../../../../../assets/webapps/frame.js';
import { call, Refused, SignedOut } from '../../../../../assets/webapps/server.js';
import { casePage, showCase } from './case.js';
import { element, uniqueId } from '../../../../../assets/webapps/html.js';
import { openTask } from './next.js';
import { due, moment, names } from '../../../../../assets/webapps/words.js';

const PATH = '/late';

export const lateLink = {
  id: 'follow-through-late-link',
  pluginPoint: 'tasklist.navbar.action',
  priority: 210,
  render(node) {
    // whoever looks after no family and is never asked needs no door to it
    session.then(who => who?.asked && node.append(element('a', { href: `#${PATH}`, class: 'ft-find-link' }, 'What is late')));
  },
};

export const latePage = {
  id: 'follow-through-late',
  pluginPoint: 'tasklist.route',
  priority: 100,
  properties: { path: PATH },
  render(node) {
    node.append(page());
  },
};

function page() {
  const list = element('div', { 'aria-live': 'polite' });
  const chosen = element('div', {});
  const heading = element('h2', { tabindex: '-1' }, 'What is late in my families');

  async function read() {
    list.setAttribute('aria-busy', 'true');
    chosen.replaceChildren();
    try {
      const lines = await call('GET', 'api/overdue') ?? [];
      list.replaceChildren(element('p', { class: 'ft-quiet' }, counted(lines)));
      if (lines.length) {
        list.append(element('ol', { class: 'ft-list' }, lines.map(one => line(one, show))));
      }
    } catch (failure) {
      list.replaceChildren(element('p', { class: 'ft-problem' }, sentence(failure)));
    }
    list.removeAttribute('aria-busy');
  }

  async function show(reference) {
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

  read();
  // Tasklist may put the node into the page only after this
  requestAnimationFrame(() => heading.focus({ preventScroll: true }));
  return element('div', { class: 'ft-find', lang: 'en-GB' },
    element('div', { class: 'ft-case' },
      element('p', {}, element('a', { href: '#/' }, 'Back to the tasks')),
      heading,
      list,
      element('p', {}, element('button', { type: 'button', class: 'ft-button', onclick: read }, 'Look again'))),
    chosen);
}

const counted = lines => lines.length === 0 ? 'Nothing is late.'
  : lines.length === 1 ? 'One family. The gravest is on top.' : `${lines.length} families. The gravest is on top.`;

const DANGER = 'danger';

function line({ reference, children, open, items }, show) {
  const [worst, ...others] = items;
  const id = uniqueId('late');
  const title = element('strong', {}, children.length ? names(children) : reference);
  return element('li', { class: `ft-clock ${worst.grave === DANGER ? 'ft-is-late' : 'ft-is-open'}`, 'aria-labelledby': id },
    element('p', { class: 'ft-clock-head', id },
      open ? element('button', { type: 'button', class: 'ft-link', onclick: () => show(reference) }, title) : title,
      children.length ? element('span', { class: 'ft-quiet' }, ` ${reference}`) : null),
    worst.grave === DANGER ? element('p', {}, element('span', { class: 'ft-note' }, 'A child may be in danger')) : null,
    item(worst),
    others.length ? element('details', {}, element('summary', {}, others.length === 1 ? 'and one more' : `and ${others.length} more`),
      element('ul', { class: 'ft-menu' }, others.map(other => element('li', {}, item(other))))) : null);
}

/** What is late, by how much, whose it is, and what was done; the reader's own task opens from it. */
const item = ({ taskId, what, since, lateBy, asks, whose, done }) => element('div', { class: 'ft-late-item' },
  element('p', {},
    taskId ? element('button', { type: 'button', class: 'ft-link', onclick: () => openTask(taskId) }, what) : element('strong', {}, what),
    ' ', element('span', { class: 'ft-late' }, due(since, lateBy)), element('span', { class: 'ft-quiet' }, `, was due ${moment(since)}`),
    asks ? element('span', { class: 'ft-note ft-asked' }, 'You are asked') : null),
  element('p', { class: 'ft-quiet' }, [whose, ...done].map(stopped).join(' ')));

const stopped = words => /[.!?]$/.test(words) ? words : `${words}.`;

function sentence(failure) {
  if (failure instanceof SignedOut) return 'You are signed out. Sign in again to look.';
  if (failure instanceof Refused) return failure.message || 'This list is for those who work with families.';
  return 'The list did not get through: the connection is lost. Try again in a moment.';
}
