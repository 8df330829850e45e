// Whose family is it: one line on every task of the list, and under the heading of the open task.
import { call } from '../../../../../assets/webapps/server.js';
import { element } from '../../../../../assets/webapps/html.js';
import { due, moment, names } from '../../../../../assets/webapps/words.js';

// Tasklist draws its cards one by one; they are asked for together
const GATHER = 25;
// the list refreshes every ten seconds: what was just asked need not be asked again
const FRESH = 8_000;

const known = new Map();
let waiting = new Map();

/** The card of a task: {taskId, children, reference, due, amber, lateBy, what, notForYou}, or null where there is none for this user. */
export function card(taskId) {
  const kept = known.get(taskId);
  if (kept && Date.now() - kept.at < FRESH) {
    return kept.card;
  }
  if (!waiting.size) {
    setTimeout(ask, GATHER);
  }
  if (!waiting.has(taskId)) {
    let settle;
    const answer = new Promise(resolve => { settle = resolve; });
    waiting.set(taskId, { answer, settle });
  }
  return waiting.get(taskId).answer;
}

/** Forgets what was asked, so that the next look shows what changed. */
export const forget = () => known.clear();

async function ask() {
  const asked = waiting;
  waiting = new Map();
  let cards = [];
  try {
    cards = await call('GET', `api/cards?tasks=${[...asked.keys()].map(encodeURIComponent).join(',')}`) ?? [];
  } catch (failure) {
    // a list without families is still a list; Tasklist itself says when the session is lost
  }
  const byTask = new Map(cards.map(one => [one.taskId, one]));
  for (const [taskId, { settle }] of asked) {
    const found = byTask.get(taskId) ?? null;
    if (found) {
      known.set(taskId, { at: Date.now(), card: Promise.resolve(found) });
    }
    settle(found);
  }
}

/** Fills `line` with the card's words; the due words are kept true as time passes. */
export async function showCard(line, taskId) {
  const shown = await card(taskId);
  if (!shown) {
    line.replaceChildren();
    return;
  }
  const what = element('span', { class: 'ft-card-due', title: shown.due ? moment(shown.due) : null });
  const mark = element('span', { class: 'ft-mark', 'aria-hidden': 'true' });
  const tell = () => {
    const late = shown.lateBy || (shown.due && new Date(shown.due) < new Date());
    what.className = `ft-card-due${late ? ' ft-late' : shown.amber ? ' ft-amber' : ''}`;
    mark.textContent = late ? '!' : shown.amber ? '▲' : '';
    what.replaceChildren(mark, shown.due ? due(shown.due, shown.lateBy) : '');
  };
  tell();
  line.replaceChildren(
    element('span', { class: 'ft-card-children' }, shown.children?.length ? names(shown.children) : 'Family not known yet'),
    element('span', { class: 'ft-card-reference' }, shown.reference ?? ''),
    what,
    shown.notForYou ? element('span', { class: 'ft-note', title: shown.notForYou }, 'Somebody else must do this') : '');
  clearInterval(line.ticking);
  line.ticking = setInterval(() => line.isConnected ? tell() : clearInterval(line.ticking), 30_000);
}

/** The card plugin of Tasklist's list. */
export const cards = {
  id: 'follow-through-card',
  pluginPoint: 'tasklist.card',
  priority: 1000,
  render(node, { taskId }) {
    const line = element('p', { class: 'ft-card' });
    node.append(line);
    showCard(line, taskId);
  },
};
