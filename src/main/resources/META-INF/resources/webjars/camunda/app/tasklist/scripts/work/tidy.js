// Small repairs of Tasklist's own page for people who use a keyboard or a screen reader, until Camunda's templates
// have them.

const COLUMNS = { filters: 'lists', list: 'tasks', task: 'open task' };

/** What icon-only controls are called. */
const NAMES = [
  ['.region-toggle', node => `Show or hide the ${COLUMNS[node.dataset.region] ?? 'column'}`],
  ['button.maximize', () => 'Show the open task alone'],
  ['button.reset-regions', () => 'Show all columns again'],
  ['.new-sort > .dropdown-toggle', () => 'Sort by something else, too'],
  ['a.sort-direction', () => 'Turn the order round'],
  ['.sorting-choice .glyphicon-remove-sign', () => 'Do not sort by this'],
  ['.shutter.actions > a', () => 'Show more or less'],
  ['.instance-link', () => 'See the process in Cockpit'],
  ['.unclaim', () => 'Give this task back'],
  ['.reset-assignee', () => 'Take this task away from this person'],
  ['.app-switch > .dropdown-toggle', () => 'Other applications'],
  ['.navbar-toggle', () => 'Menu'],
  ['[cam-tasks-search-plugin] .main-field, [cam-widget-search] .main-field', () => 'Search these tasks'],
  ['.notifications .close, .alert > .close', () => 'Close this message'],
  ['.modal-header .close', () => 'Close'],
];

/** Attributes that Tasklist's markup lacks. */
const ATTRIBUTES = [
  ['[cam-widget-header]', { role: 'banner' }],
  ['.site-wrap', { role: 'main' }],
  ['[cam-widget-search] input.main-field', { role: 'combobox' }],
  // names of processes and people are no headings
  ['.tasks-list h6, .tasks-list h5, section.task-card .definition-name h4', { role: 'presentation' }],
  ['.notifications .alert-danger', { role: 'alert' }],
  ['.notifications .alert-info', { role: 'status' }],
  ['.modal-dialog', { role: 'document' }],
  // a name is no field to type a user's id into
  ['[cam-tasklist-task-meta] .assignee [cam-widget-inline-field]', { tabindex: '-1' }],
];

export function tidy() {
  let planned = false;
  const repair = () => {
    planned = false;
    // the link into Cockpit leads nowhere for those who may not use it
    const apps = window.angular.element(document.documentElement).injector()?.get('$rootScope').authentication?.authorizedApps;
    document.body.classList.toggle('ft-no-cockpit', !apps?.includes('cockpit'));
    for (const [selector, name] of NAMES) {
      for (const node of document.querySelectorAll(selector)) {
        give(node, 'aria-label', name(node));
      }
    }
    for (const [selector, attributes] of ATTRIBUTES) {
      for (const node of document.querySelectorAll(selector)) {
        Object.entries(attributes).forEach(([name, value]) => give(node, name, value));
      }
    }
  };
  new MutationObserver(() => {
    if (!planned) {
      planned = true;
      requestAnimationFrame(repair);
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
}

function give(node, name, value) {
  if (node.getAttribute(name) !== value) {
    node.setAttribute(name, value);
  }
}
