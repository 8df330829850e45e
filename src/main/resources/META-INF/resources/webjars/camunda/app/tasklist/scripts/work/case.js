// The family's case, laid out for reading under pressure: a tab of every task, and what "Find a case" shows.
import { address, call, Refused, SignedOut } from '../../../../../assets/webapps/server.js';
import { element, uniqueId } from '../../../../../assets/webapps/html.js';
import { changeMenu } from './change.js';
import { day, delay, due, longDay, moment, time } from '../../../../../assets/webapps/words.js';

/** One function per section, top to bottom. Each answers an element, or null when it has nothing to say. */
export const sections = [protection, summary, changes, plans, clocks, children, household, packs, meetings, elsewhere, chronology, linked];

export const caseTab = {
  id: 'follow-through-case',
  pluginPoint: 'tasklist.task.detail',
  priority: 900,
  properties: { label: 'Case' },
  render(node, { taskId }) {
    const page = casePage();
    node.append(page);
    showCase(page, `tasks/${encodeURIComponent(taskId)}`);
  },
};

/** The element to show a case in. */
export const casePage = () => element('div', { class: 'ft-case', lang: 'en-GB' });

/**
 * Shows the case behind a subject: `tasks/<id>` or `cases/<reference>`, as our API calls it, ready for an address.
 * `said` is what just happened to it. Answers once it is shown.
 */
export async function showCase(page, subject, said) {
  page.setAttribute('aria-busy', 'true');
  if (!page.childElementCount) {
    page.append(element('p', { class: 'ft-quiet' }, 'Fetching the case…'));
  }
  const outcome = element('p', { role: 'status', class: said ? 'ft-said' : null, tabindex: said ? '-1' : null }, said ?? '');
  try {
    const view = await call('GET', `api/${subject}/case`);
    const again = words => showCase(page, subject, words);
    page.replaceChildren(outcome, ...sections.map(section => section(view, { subject, again })).filter(Boolean));
  } catch (failure) {
    page.replaceChildren(outcome, element('div', { class: 'ft-problem', role: 'alert' },
      element('p', {}, sentence(failure, subject)),
      element('button', { type: 'button', class: 'ft-button', onclick: () => showCase(page, subject) }, 'Try again')));
  } finally {
    page.removeAttribute('aria-busy');
  }
  if (said) {
    // whoever sent a long form is far below what is said about it
    outcome.focus();
  }
}

const SENTENCES = {
  tasks: {
    missing: 'There is no case behind this task yet.',
    closed: 'The case file is for the team that holds the case. Your task shows what you need.',
  },
  cases: {
    missing: 'There is no case of this reference any more. Search again.',
    closed: 'The case file is for the team that holds the case.',
  },
};

function sentence(failure, subject) {
  const { missing, closed } = SENTENCES[subject.split('/')[0]];
  if (failure instanceof SignedOut) return 'You are signed out. Sign in again to see the case.';
  if (failure instanceof Refused && failure.status === 404) return missing;
  if (failure instanceof Refused && failure.status === 403) return failure.message || closed;
  if (failure instanceof Refused) return failure.message || 'The case could not be shown.';
  return 'The case could not be fetched: the connection is lost.';
}

// --- protection tonight ----------------------------------------------------------------------------------------------

/** On top of everything while there is one: whoever opens the case at night reads nothing else first. */
function protection(view) {
  if (!view.protections?.length) return null;
  return element('section', { class: 'ft-protection', 'aria-label': 'Protection now' },
    element('h3', {}, 'Protection now'),
    element('ul', { class: 'ft-list' }, view.protections.map(one => {
      const over = new Date(one.endsAt) < new Date();
      return element('li', {},
        element('p', {}, element('strong', {}, one.child), `: ${lower(one.kind)} `,
          element('strong', { class: over ? 'ft-late' : null },
            `${over ? 'ran out on' : 'until'} ${longDay(one.endsAt)} at ${time(one.endsAt)}`),
          over ? element('span', { class: 'ft-late' }, ' – nothing is recorded for the time after') : null),
        element('p', {}, one.details),
        facts([['Where', one.whereabouts], ['Since', moment(one.since)], ['Agreed by', one.agreedBy], ['Parents told', one.parentsTold],
          ['Legal advice', one.legalAdvice]], 'ft-fields'));
    })));
}

// --- summary ---------------------------------------------------------------------------------------------------------

function summary(view) {
  const leads = [...new Set(view.children.map(child => child.lead).filter(Boolean))];
  const without = view.children.filter(child => !child.lead && isOpen(child));
  return element('header', { class: 'ft-summary' },
    element('h3', {}, list(view.children.map(child => child.name)) || 'Family not known yet'),
    facts([
      // until its family is known a contact stands for itself
      view.reference && !view.contacts?.includes(view.reference) ? ['Case', view.reference] : ['Case', 'not opened yet'],
      [view.contacts?.length > 1 ? 'Contacts' : 'Contact', (view.contacts ?? []).join(', ')],
      ['Also known as', (view.aliases ?? []).join(', ')],
      ['Team', view.team],
      ['Lead professional', leads.length || without.length ? [leads.join(', '),
        without.length && leads.length ? '; ' : null,
        without.length ? element('strong', { class: 'ft-late' },
          leads.length ? `nobody for ${list(without.map(child => child.name))}` : 'nobody yet') : null] : null],
    ], 'ft-facts'));
}

function changes(view, { subject, again }) {
  return element('div', { class: 'ft-menus' }, changeMenu(subject, again, true),
    view.mayChange ? changeMenu(subject, again, false) : null);
}

// --- plans -----------------------------------------------------------------------------------------------------------

/** A child to a paragraph: what must change, and what the plan still lacks, which nobody has to look for. */
function plans(view) {
  if (!view.plans?.length) return null;
  return section('Plans', element('ul', { class: 'ft-list' }, view.plans.map(plan => element('li', { class: 'ft-plan' },
    element('p', {}, element('strong', {}, `${plan.child}: ${lower(plan.kind)} plan`),
      `${plan.category ? `, ${plan.category}` : ''}, since ${longDay(plan.begunOn)}`),
    facts([['Seen how often', plan.seenHowOften], ['Last seen by us', plan.lastSeen ? moment(plan.lastSeen) : 'not yet'],
      ['What the child says', plan.childSays]], 'ft-fields'),
    plan.changes.map(row => element('details', {},
      element('summary', {}, row.mustChange, row.byWhen ? ` – by ${longDay(row.byWhen)}` : ''),
      facts([['The risk', row.risk], ['Others see it by', row.seenHow], ['If it does not change', row.consequence],
        ['What is done then', row.contingency]], 'ft-fields'))),
    plan.gaps.length ? element('div', { class: 'ft-changed' }, element('p', { class: 'ft-late' }, 'Still lacking'),
      element('ul', {}, plan.gaps.map(gap => element('li', {}, gap)))) : null))));
}

// --- clocks ----------------------------------------------------------------------------------------------------------

const isRunning = clock => clock.state === 'open' || clock.state === 'late' && !clock.met;

function clocks(view) {
  const byDue = (one, other) => new Date(one.due) - new Date(other.due);
  const running = view.clocks.filter(isRunning).sort(byDue);
  const rest = view.clocks.filter(clock => !isRunning(clock)).sort(byDue).reverse();
  return section('Clocks',
    running.length ? element('ul', { class: 'ft-list' }, running.map(clockItem))
      : element('p', { class: 'ft-quiet' }, 'Nothing is running.'),
    rest.length ? element('details', {},
      element('summary', {}, `Met and withdrawn (${rest.length})`),
      element('ul', { class: 'ft-list' }, rest.map(clockItem))) : null);
}

function clockItem(clock) {
  const late = isRunning(clock) && (clock.state === 'late' || new Date(clock.due) < new Date());
  return element('li', { class: `ft-clock${late ? ' ft-is-late' : isRunning(clock) ? ' ft-is-open' : ''}` },
    element('p', { class: 'ft-clock-head' },
      element('strong', {}, clock.what), ' ',
      element('span', { class: late ? 'ft-late' : 'ft-state' }, isRunning(clock) ? due(clock.due, clock.lateBy) : clock.state),
      late && clock.escalatedTo ? ` · asked now: ${clock.escalatedTo}` : ''),
    element('p', {}, isRunning(clock) ? `Due ${longDay(clock.due)} at ${time(clock.due)}.`
      : clock.met ? `Met ${moment(clock.met)}; due ${moment(clock.due)}.` : `Was due ${moment(clock.due)}.`,
      clock.lateBy && !isRunning(clock) ? ` Late by ${clock.lateBy}.` : ''),
    element('p', { class: 'ft-quiet' }, `${capital(clock.rule)}; counted from ${clock.countedFrom}`,
      clock.countedFromAt ? `, ${moment(clock.countedFromAt)}` : '',
      `. ${stopped(`${capital(clock.basis)}${clock.source ? `: ${clock.source}` : ''}`)}`),
    (clock.changes ?? []).map(change => element('p', { class: 'ft-changed' }, change)));
}

// --- people ----------------------------------------------------------------------------------------------------------

/** A child with an open episode must have a lead professional. */
const isOpen = child => !child.died && /^open/.test(child.episode ?? '');

function children(view) {
  if (!view.children.length) return null;
  return table('Children', ['Name', 'Born', 'Episode', 'Lead professional', 'Team'], view.children.map(child => [
    [child.name, child.died ? element('span', { class: 'ft-note' }, `died ${day(child.died)}`) : null],
    child.born ? [day(child.born), child.age ? element('span', { class: 'ft-sub' }, child.age) : null]
      : child.expected ? [`expected ${day(child.expected)}`, element('span', { class: 'ft-sub' }, 'not born yet')]
        : child.age ? `about ${child.age}` : 'not known',
    [child.episode ?? 'no open episode', child.legalStatus ? element('span', { class: 'ft-note' }, child.legalStatus) : null],
    child.lead ?? (isOpen(child) ? element('strong', { class: 'ft-late' }, 'nobody') : ''),
    child.heldBy ? [`Held by ${child.heldBy}`, element('span', { class: 'ft-sub' }, `with us: ${child.team} team`)] : child.team ?? '',
  ]));
}

function household(view) {
  if (!view.household?.length) return null;
  return table('Household and others', ['Name', 'Who', 'Lives', 'Language', 'To know'], view.household.map(person => [
    person.name,
    person.relation ?? '',
    person.lives ?? 'not known',
    [person.language ?? '', person.interpreter ? element('span', { class: 'ft-note' }, 'interpreter needed') : null],
    (person.notes ?? []).map(note => element('span', { class: 'ft-note' }, note)),
  ]));
}

// --- packs -----------------------------------------------------------------------------------------------------------

/** What goes along with a family that moves, and what came with one: to read, and to hand on. */
function packs(view, { subject }) {
  if (!view.packs?.length) return null;
  return section('Family packs', element('ul', { class: 'ft-list' }, view.packs.map(pack => element('li', {},
    element('p', {}, element('strong', {}, `${pack.incoming ? 'From' : 'For'} ${pack.authority ?? 'the new team'}`),
      `, ${pack.incoming ? 'taken in' : 'made'} ${moment(pack.madeAt)} by ${pack.madeBy}. `,
      paper(subject, pack.moveId, 'pdf', 'To read and print (PDF)'), ' · ', paper(subject, pack.moveId, 'json', 'For their software (JSON)')),
    element('p', { class: 'ft-quiet' }, `SHA-256 ${pack.sha256}`)))));
}

const paper = (subject, move, ending, words) => element('a', {
  href: address(`api/${subject}/moves/${encodeURIComponent(move)}/pack.${ending}`), download: '',
}, words);

// --- what others have recorded -----------------------------------------------------------------------------------------

/** Authority by authority; theirs stays theirs, and is only read. */
function elsewhere(view) {
  if (!view.elsewhere?.length) return null;
  return element('div', {}, view.elsewhere.map(theirs => section(`From ${theirs.authority}`,
    ...theirs.parts.map(part => element('details', {},
      element('summary', {}, `${part.heading} (${part.items.length})`),
      element('ul', { class: 'ft-list' }, part.items.map(told)))))));
}

function told(item) {
  return element('li', {}, element('p', {}, element('strong', {}, item.heading)),
    item.facts.length ? facts(item.facts.map(({ label, value }) => [label, value]), 'ft-fields') : null,
    item.parts.length ? element('ul', {}, item.parts.map(told)) : null);
}

// --- meetings --------------------------------------------------------------------------------------------------------

function meetings(view, { subject }) {
  if (!view.meetings?.length) return null;
  return section('Meetings', element('ul', { class: 'ft-list' }, view.meetings.map(meeting => element('li', { class: 'ft-meeting' },
    element('p', { class: 'ft-clock-head' }, element('strong', {}, meeting.kind), ' ',
      meeting.heldAt ? `held ${moment(meeting.heldAt)}${meeting.how ? `, ${meeting.how}` : ''}`
        : element('span', { class: 'ft-late' }, meeting.plannedAt ? `called for ${moment(meeting.plannedAt)}, not held yet` : 'called, not held yet')),
    meeting.quorum ? element('p', { class: meeting.quorate ? 'ft-quiet' : 'ft-changed' }, meeting.quorum) : null,
    meeting.outcomes.length ? element('ul', {}, meeting.outcomes.map(one => element('li', {},
      element('strong', {}, `${one.child}: ${lower(one.outcome)}`), one.reasons ? `. ${one.reasons}` : ''))) : null,
    meeting.attendance.length ? folded(`Who took part (${meeting.attendance.filter(one => one.tookPart).length} of ${meeting.attendance.length})`,
      meeting.attendance.map(one => [[one.agency, one.name, one.role].filter(Boolean).join(', '),
        one.tookPart ? '' : element('span', { class: 'ft-note' }, `absent: ${one.absentWhy}`)])) : null,
    meeting.actions.length ? folded(`Agreed actions (${meeting.actions.length})`,
      meeting.actions.map(one => [element('strong', {}, one.what), ` – ${one.namedPerson}, ${one.agency}, by ${longDay(one.dueOn)}: `,
        element('span', { class: one.late ? 'ft-late' : 'ft-state' }, one.standing)])) : null,
    meeting.minutes.map(version => minutes(version, subject))))));
}

/** A version of the minutes with everybody who was sent it: who has it, and who has not said so. */
function minutes(version, subject) {
  const awaited = version.copies.filter(copy => !copy.receivedAt && copy.agency !== 'family').length;
  return element('div', { class: 'ft-minutes' },
    element('p', {}, element('strong', {}, `Minutes${version.version > 1 ? `, version ${version.version}` : ''}`), ': ',
      version.agreedAt ? `agreed ${moment(version.agreedAt)}${version.agreedBy ? ` by ${version.agreedBy}` : ''}`
        : version.writtenAt ? 'written, not agreed yet' : 'not written yet',
      version.why ? ` (${version.why})` : '', version.agreedAt ? [' ', page(subject, 'minutes', version.id, 'Read')] : null,
      awaited ? [' ', element('span', { class: 'ft-late' }, `${awaited} not confirmed`)] : null),
    version.copies.length ? folded(`Sent to ${version.copies.length}`, version.copies.map(copy => [
      element('strong', {}, copy.recipient), ` (${copy.agency}), ${copy.purpose}, ${copy.extent}, ${copy.way}, sent ${moment(copy.sentAt)}. `,
      copy.receivedAt ? `Received ${moment(copy.receivedAt)}${copy.receivedFor ? `, said by ${copy.receivedFor}` : ''}. `
        : element('span', { class: copy.agency === 'family' ? 'ft-note' : 'ft-late' },
          copy.notHadAt ? `said on ${moment(copy.notHadAt)} that they have not had it. ` : 'not confirmed. '),
      page(subject, 'copies', copy.id, 'Their copy')])) : null,
    version.leftOut.length ? element('p', { class: 'ft-quiet' }, `Not sent to ${version.leftOut.join('; ')}`) : null);
}

/** A page of its own, to read or to print. */
const page = (subject, kind, id, words) => element('a', {
  href: address(`api/${subject}/${kind}/${encodeURIComponent(id)}`), target: '_blank', rel: 'noopener',
}, words);

const folded = (heading, items) => element('details', {}, element('summary', {}, heading),
  element('ul', {}, items.map(item => element('li', {}, item))));

// --- chronology ------------------------------------------------------------------------------------------------------

const KINDS = { fact: 'Fact', reported: 'Reported', judgement: 'Judgement' };

function chronology(view) {
  const entries = [...view.chronology].sort((one, other) => new Date(other.happened) - new Date(one.happened)
    || new Date(other.recorded) - new Date(one.recorded));
  return section('What happened',
    entries.length ? element('ol', { class: 'ft-list ft-chronology' }, entries.map(entryItem))
      : element('p', { class: 'ft-quiet' }, 'Nothing is written down yet.'));
}

function entryItem(entry) {
  const waited = delay(entry.happened, entry.recorded);
  return element('li', { class: 'ft-entry' },
    element('p', { class: 'ft-entry-head' },
      element('time', { datetime: entry.happened }, moment(entry.happened)), ' ',
      element('strong', {}, entry.what), ' ',
      entry.authority ? element('span', { class: 'ft-nature ft-nature-other' }, entry.authority) : null,
      entry.nature ? element('span', { class: `ft-nature ft-nature-${KINDS[entry.nature] ? entry.nature : 'other'}` },
        KINDS[entry.nature] ?? entry.nature) : null,
      entry.late ? element('span', { class: 'ft-note' }, 'recorded late') : null),
    entry.text ? element('p', { class: 'ft-text' }, entry.text) : null,
    entry.fields?.length ? facts(entry.fields.map(({ label, value }) => [label, value]), 'ft-fields') : null,
    element('p', { class: 'ft-quiet' },
      moment(entry.happened) === moment(entry.recorded) ? 'recorded' : waited ? `happened ${moment(entry.happened)}, recorded ${waited} later (${moment(entry.recorded)})`
        : `recorded ${moment(entry.recorded)}`,
      entry.recordedBy ? ` by ${entry.recordedBy}${entry.authority ? ` of ${entry.authority}` : ''}` : '',
      entry.onBehalfOf ? ` for ${entry.onBehalfOf}` : ''),
    entry.corrected ? element('p', { class: 'ft-changed' },
      `Corrected ${moment(entry.corrected.at)} by ${entry.corrected.by}: ${stopped(entry.corrected.reason)} `,
      entry.corrected.was ? ['Before: happened ', element('del', {}, moment(entry.corrected.was))] : null) : null);
}

function linked(view) {
  if (!view.linked?.length) return null;
  return section('Linked cases',
    element('ul', { class: 'ft-list' }, view.linked.map(other =>
      element('li', {}, element('strong', {}, other.reference), other.why ? `: ${other.why}` : ''))));
}

// --- pieces ----------------------------------------------------------------------------------------------------------

const list = words => words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
const stopped = words => words.endsWith('.') ? words : `${words}.`;
const lower = words => words ? words[0].toLowerCase() + words.slice(1) : '';
const capital = words => words ? words[0].toUpperCase() + words.slice(1) : '';

function section(heading, ...content) {
  const id = uniqueId('section');
  return element('section', { 'aria-labelledby': id }, element('h4', { id }, heading), content);
}

function facts(pairs, look) {
  return element('dl', { class: look }, pairs
    .filter(([, value]) => Array.isArray(value) ? value.some(Boolean) : value !== null && value !== undefined && value !== '')
    .map(([label, value]) => element('div', { class: typeof value === 'string' && value.length > 120 ? 'ft-wide' : null }, element('dt', {}, label), element('dd', {}, value))));
}

function table(heading, columns, rows) {
  const id = uniqueId('section');
  return element('section', {},
    element('h4', { id }, heading),
    // wide tables scroll by themselves, also with the keyboard
    element('div', { class: 'ft-scroll', tabindex: '0', role: 'region', 'aria-labelledby': id },
      element('table', { class: 'ft-table', 'aria-labelledby': id },
        element('thead', {}, element('tr', {}, columns.map(column => element('th', { scope: 'col' }, column)))),
        element('tbody', {}, rows.map(cells => element('tr', {}, cells.map((cell, index) =>
          element(index ? 'td' : 'th', index ? {} : { scope: 'row' }, cell))))))));
}
