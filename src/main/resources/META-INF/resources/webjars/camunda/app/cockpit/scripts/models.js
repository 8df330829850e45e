// "Models": what is in force of processes, tables and forms, what designers propose, and what a proposal would change, in words.
// Who may put models in force decides here about what somebody else has drawn; everybody who works on models can take it back.
import { element, uniqueId } from '../../../../assets/webapps/html.js';
import { call, Refused, SignedOut } from '../../../../assets/webapps/server.js';
import { session } from '../../../../assets/webapps/frame.js';
import { moment } from '../../../../assets/webapps/words.js';

const PATH = '/models';
const PROPOSAL = 'proposal';
const MOST = 25;

export const modelsLink = {
  id: 'follow-through-models-link',
  pluginPoint: 'cockpit.navigation',
  priority: 50,
  properties: { path: PATH },
  render(node) {
    session.then(who => who?.models && node.append(element('a', { href: `#${PATH}` }, 'Models')));
  },
};

export const modelsPage = {
  id: 'follow-through-models',
  pluginPoint: 'cockpit.route',
  priority: 100,
  properties: { path: PATH },
  render(node) {
    node.append(page());
  },
};

/** Modeler's link after a deployment leads to Cockpit's deployments, where a proposal is none yet: it leads here instead. */
export function followModelersLink() {
  const look = async () => {
    const id = location.hash.startsWith('#/repository')
      && decodeURIComponent(location.hash).match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/)?.[0];
    if (id && (await session)?.models) {
      call('GET', `api/models/proposals/${id}`).then(() => {
        location.hash = `#${PATH}?${PROPOSAL}=${id}`;
      }, () => {});
    }
  };
  window.addEventListener('hashchange', look);
  look();
}

function page() {
  const told = element('p', { role: 'status', class: 'ft-told' });
  const proposals = element('div', {});
  const inForce = element('div', {});
  const heading = element('h2', { tabindex: '-1' }, 'Models');
  const asked = new URLSearchParams(location.hash.split('?')[1]).get(PROPOSAL);

  async function read(open) {
    try {
      const overview = await call('GET', 'api/models');
      const waiting = overview.proposals.map(one => proposal(one, overview, one.id === open, decided));
      const another = open && !overview.proposals.some(one => one.id === open)
        ? [element('li', {}, await decidedAlready(open))] : [];
      proposals.replaceChildren(waiting.length + another.length
        ? element('ul', { class: 'ft-proposals' }, [...another, ...waiting])
        : element('p', { class: 'ft-quiet' }, 'Nothing is proposed.'));
      inForce.replaceChildren(table(overview, returned));
    } catch (failure) {
      proposals.replaceChildren(element('p', { class: 'ft-problem' }, sentence(failure)));
    }
  }

  async function decided(sentenceAfter) {
    await read();
    told.textContent = sentenceAfter;
    heading.focus();
  }

  async function returned(key, version) {
    told.textContent = '';
    try {
      const { id } = await call('POST', 'api/models/proposals', { key, version });
      await read(id);
      told.textContent = 'Proposed. A second person puts it in force.';
      heading.scrollIntoView({ block: 'start' });
    } catch (failure) {
      told.textContent = sentence(failure);
    }
  }

  read(asked);
  requestAnimationFrame(() => heading.focus({ preventScroll: true }));
  return element('div', { class: 'ft-models', lang: 'en-GB' },
    heading, told,
    element('h3', {}, 'Proposed, waiting for a second person'), proposals,
    element('h3', {}, 'In force'), inForce);
}

/** One proposal: who, what, when; unfolded, what it would change, and what the reader may do with it. */
function proposal(one, overview, open, decided) {
  const content = element('div', {});
  const details = element('details', { open },
    element('summary', {}, element('strong', {}, one.title), ` by ${one.by}, ${moment(one.at)}`),
    content);
  let read = false;
  const show = async () => {
    if (!details.open || read) return;
    read = true;
    try {
      const difference = await call('GET', `api/models/proposals/${one.id}`);
      content.replaceChildren(...changes(difference), decision(difference, overview, decided));
    } catch (failure) {
      read = false;
      content.replaceChildren(element('p', { class: 'ft-problem' }, sentence(failure)));
    }
  };
  details.addEventListener('toggle', show);
  show();
  return element('li', {}, details);
}

/** In a sentence, and then one by one; a file drawn anew has so many that only the first are unfolded. */
function changes({ files, inShort }) {
  const lines = some => element('ul', {}, some.map(({ place, what }) => element('li', {}, element('strong', {}, `${place}: `), what)));
  return [
    element('p', {}, inShort),
    ...files.map(file => element('div', {},
      element('h4', {}, file.key),
      lines(file.changes.slice(0, MOST)),
      file.changes.length > MOST ? element('details', {}, element('summary', {}, `and ${file.changes.length - MOST} more`),
        lines(file.changes.slice(MOST))) : null)),
  ];
}

/** The reason, and what may be done; whoever proposed it may only take it back. */
function decision({ proposal: { id, yours }, against }, { mayPutInForce }, decided) {
  const reason = uniqueId('reason');
  const problem = element('p', { class: 'ft-problem', role: 'alert' });
  const why = element('textarea', { id: reason, rows: 2, maxlength: 500, class: 'form-control' });
  const decide = (how, sentenceAfter) => async event => {
    const { target } = event;
    target.disabled = true;
    problem.textContent = '';
    try {
      await call('POST', `api/models/proposals/${id}/${how}`, { against, reason: why.value });
      await decided(sentenceAfter);
    } catch (failure) {
      target.disabled = false;
      problem.textContent = sentence(failure);
      if (failure.field) why.focus();
    }
  };
  return element('div', { class: 'ft-decision' },
    yours && mayPutInForce ? element('p', {}, 'You proposed this yourself: a second person puts it in force.') : null,
    element('label', { for: reason }, 'Why? It is kept with the decision.'), why, problem,
    mayPutInForce && !yours ? element('button', { type: 'button', class: 'btn btn-primary',
      onclick: decide('in-force', 'In force. New cases follow it from now on; cases that run go on by the version they began with.') },
    'Put in force') : null,
    ' ',
    element('button', { type: 'button', class: 'btn btn-default', onclick: decide('withdrawal', 'Withdrawn. Nothing has changed.') },
      'Withdraw'));
}

async function decidedAlready(id) {
  try {
    const { proposal: { title }, outcome, decidedAt, decidedBy, reason } = await call('GET', `api/models/proposals/${id}`);
    return element('p', {}, element('strong', {}, title),
      `: ${outcome === 'in-force' ? 'put in force' : 'withdrawn'} by ${decidedBy}, ${moment(decidedAt)}. ${reason}`);
  } catch (failure) {
    return element('p', { class: 'ft-problem' }, sentence(failure));
  }
}

/** What is in force, a line to each, with the versions before it. */
function table({ inForce, mayPropose, mayPutInForce }, returned) {
  const kinds = [['.bpmn', 'Processes'], ['.dmn', 'Tables'], ['.form', 'Forms']];
  return element('div', {}, kinds.map(([ending, kind]) => {
    const models = inForce.filter(one => one.key.endsWith(ending));
    const lines = models.map(({ key, versions }) => {
      const [now, ...before] = versions;
      const older = before.reduce((sum, one) => sum + one.running, 0);
      const earlier = before.length === 0 ? '' : element('details', {},
        element('summary', {}, before.length === 1 ? 'one before' : `${before.length} before`),
        element('ul', {}, before.map(one => element('li', {}, `Version ${one.number}, ${moment(one.since)}, ${whose(one)} `,
          mayPropose || mayPutInForce ? element('button', { type: 'button', class: 'btn btn-link btn-xs',
            onclick: () => returned(key, one.number) }, 'Propose to return to it') : null))));
      return element('tr', {},
        element('th', { scope: 'row' }, key.slice(0, -ending.length)),
        element('td', {}, `${now.number}`),
        element('td', {}, moment(now.since)),
        element('td', {}, whose(now)),
        ending === '.bpmn' ? element('td', {}, `${now.running}`, older ? `, and ${older} by versions before` : '') : null,
        element('td', {}, earlier));
    });
    const lists = element('table', { class: 'table table-condensed' },
      element('thead', {}, element('tr', {}, ['Name', 'Version', 'Since', 'Put in force by',
        ending === '.bpmn' ? 'Cases' : null, 'Earlier'].filter(Boolean).map(name => element('th', { scope: 'col' }, name)))),
      element('tbody', {}, lines));
    // the forms are many, and seldom looked for
    return ending === '.form'
      ? element('details', {}, element('summary', {}, element('strong', {}, `${kind} (${models.length})`)), lists)
      : element('div', {}, element('h4', {}, kind), lists);
  }));
}

const whose = ({ by, reason }) => by ? `${by}: ${reason}` : 'a release';

function sentence(failure) {
  if (failure instanceof SignedOut) return 'You are signed out. Sign in again; nothing was changed.';
  if (failure instanceof Refused) return failure.message || 'Models are for process designers and for who puts them in force.';
  return 'This did not get through: the connection is lost. Try again in a moment.';
}
